package dev.tributary.ingestion.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The parts of a workbook, unpacked once and thrown away to see that reading them is safe: a small
 * file can unpack to more than any memory holds, and the sizes it states need not be true.
 *
 * @param formatted whether the workbook has formats, without which dates are plain numbers
 */
record WorkbookParts(boolean formatted) {

  /**
   * Shared texts are the only part that is held in memory, where they take about twice the room.
   */
  private static final int HEAP_PER_SHARED_TEXT = 4;

  /** XML of sheets shrinks to a tenth or a fiftieth; this is past any real one. */
  private static final long MAX_RATIO = 200;

  private static final long UNSUSPICIOUS_BYTES = 16L * 1024 * 1024;
  private static final byte[] OLD_OR_LOCKED = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0};

  /**
   * Looks at {@code file}.
   *
   * @throws IOException with a message that says what to do, when it is no workbook or not safe
   */
  static WorkbookParts of(Path file) throws IOException {
    expectNotOldOrLocked(file);
    boolean formatted = false;
    boolean workbook = false;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] buffer = new byte[1 << 16];
      for (ZipEntry part : Collections.list(zip.entries())) {
        String name = part.getName().toLowerCase(Locale.ROOT);
        formatted |= name.endsWith("styles.xml");
        workbook |= name.equals("[content_types].xml");
        long limit =
            name.endsWith("sharedstrings.xml")
                ? Runtime.getRuntime().maxMemory() / HEAP_PER_SHARED_TEXT
                : Long.MAX_VALUE;
        expectSafe(zip, part, limit, buffer);
      }
    } catch (ZipException e) {
      throw new IOException("It is no workbook, or damaged. Save it as .xlsx again.", e);
    }

    if (!workbook) {
      throw new IOException("It is no workbook. Save it as .xlsx.");
    }

    return new WorkbookParts(formatted);
  }

  private static void expectNotOldOrLocked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Arrays.equals(in.readNBytes(OLD_OR_LOCKED.length), OLD_OR_LOCKED)) {
        throw new IOException(
            "It is of the old .xls kind or locked with a password. Save it as .xlsx without a password.");
      }
    }
  }

  private static void expectSafe(ZipFile zip, ZipEntry part, long limit, byte[] buffer)
      throws IOException {
    long packed = Math.max(1, part.getCompressedSize());
    long unpacked = 0;
    try (InputStream in = zip.getInputStream(part)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        unpacked += read;
        if (unpacked > limit || (unpacked > UNSUSPICIOUS_BYTES && unpacked / packed > MAX_RATIO)) {
          throw new IOException(
              "Its part %s unpacks to more than can be read safely. Split the workbook, or save it as CSV."
                  .formatted(part.getName()));
        }
      }
    }
  }
}
