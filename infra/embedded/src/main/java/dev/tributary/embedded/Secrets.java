package dev.tributary.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** Keys and passwords made at the first start, each in a file that only its owner can read. */
public final class Secrets {

  private final Path directory;

  /** The secrets kept in {@code directory}, which is made when the first one is. */
  public Secrets(Path directory) {
    this.directory = directory;
  }

  /**
   * The file of a secret; made with {@code bytes} random bytes, written as hexadecimal digits, when
   * it is not there yet.
   */
  public Path file(String name, int bytes) {
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path half =
          Files.createTempFile(
              directory,
              name,
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(half, HexFormat.of().formatHex(random) + "\n", StandardCharsets.UTF_8);
      return Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the secret " + file, e);
    }
  }
}
