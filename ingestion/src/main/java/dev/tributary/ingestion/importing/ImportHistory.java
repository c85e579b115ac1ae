package dev.tributary.ingestion.importing;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The last version of each event that was imported on this machine, so that of a corrected file
 * exactly the corrected rows change. Kept as a file of lines, {@code id revision content}, the last
 * of an id being valid; ids as hashes, since they may say something of people.
 *
 * <p>A version is kept before it is sent. When sending fails afterwards, the next import makes the
 * same version again, or the next higher one; the other way round two contents would have one
 * revision. The file may be lost: then a corrected file needs a higher {@code --revision}.
 */
public final class ImportHistory implements Closeable {

  /**
   * A version.
   *
   * @param content hash of what the event says
   * @param revision its revision
   */
  record Version(String content, int revision) {}

  private static final HexFormat HEX = HexFormat.of();

  private final Map<String, Version> versions = new HashMap<>();
  private final BufferedWriter file;

  private ImportHistory(BufferedWriter file) {
    this.file = file;
  }

  /** None before, and nothing is kept. */
  public static ImportHistory none() {
    return new ImportHistory(null);
  }

  /**
   * What {@code file} says, which may not exist; nothing is added to it.
   *
   * @throws IOException when it cannot be read
   */
  public static ImportHistory read(Path file) throws IOException {
    ImportHistory history = none();
    history.load(file);
    return history;
  }

  /**
   * What {@code file} says, to be continued; it is made when missing.
   *
   * @throws IOException when it cannot be read or written, or another import is writing it
   */
  public static ImportHistory open(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new IOException(
            "Another import is running (it holds %s). Wait until it is done.".formatted(file));
      }

      ImportHistory history =
          new ImportHistory(
              new BufferedWriter(Channels.newWriter(channel, StandardCharsets.US_ASCII)));
      // A line without an end was being written when a process was killed.
      long whole = history.load(file);
      channel.truncate(whole);
      channel.position(whole);
      return history;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The bytes up to the last end of a line. */
  private long load(Path path) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }

    String text = Files.readString(path, StandardCharsets.US_ASCII);
    int whole = text.lastIndexOf('\n') + 1;
    text.substring(0, whole)
        .lines()
        .forEach(
            line -> {
              List<String> parts = List.of(line.split(" ", -1));
              versions.put(parts.get(0), new Version(parts.get(2), Integer.parseInt(parts.get(1))));
            });
    return whole;
  }

  /** The last version of the event with a {@link #key}, null when there was none. */
  Version last(String key) {
    return versions.get(key);
  }

  /** Notes a version of the event with a {@link #key}; it is kept with the next {@link #keep()}. */
  void note(String key, Version version) {
    if (version.equals(versions.put(key, version)) || file == null) {
      return;
    }

    try {
      file.write(key + " " + version.revision() + " " + version.content() + "\n");
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  /** Hands what was noted to the operating system: a process that is killed loses none of it. */
  void keep() {
    try {
      if (file != null) {
        file.flush();
      }
    } catch (IOException e) {
      throw notWritten(e);
    }
  }

  private static UncheckedIOException notWritten(IOException e) {
    return new UncheckedIOException("The history of imports cannot be written", e);
  }

  /** What an event is known by here: a hash of its id. */
  static String key(String eventId) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(StandardCharsets.UTF_8));
      return HEX.formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
