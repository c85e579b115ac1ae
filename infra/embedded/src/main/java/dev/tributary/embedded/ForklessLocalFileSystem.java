package dev.tributary.embedded;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system without its {@code .crc} files and without setting permissions.
 *
 * <p>Where Hadoop's native library is missing, which is everywhere outside a Hadoop cluster, each
 * permission is set by starting {@code chmod}: four processes for each file written. Files get the
 * permissions of the process's umask instead.
 */
public final class ForklessLocalFileSystem extends LocalFileSystem {

  /** Called by Hadoop. */
  public ForklessLocalFileSystem() {
    super(new WithoutChmod());
  }

  /**
   * Makes this the file system behind {@code file:} in the whole JVM, unless another one was used
   * before: Hadoop keeps one per scheme and hands it to everyone, whatever their configuration
   * says.
   */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.file.impl", ForklessLocalFileSystem.class.getName());
    try {
      FileSystem.get(URI.create("file:///"), configuration);
    } catch (IOException e) {
      throw new IllegalStateException("Hadoop's local file system is not usable: " + e, e);
    }
    return configuration;
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    super.initialize(name, conf);
    setWriteChecksum(false);
    setVerifyChecksum(false);
  }

  private static final class WithoutChmod extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) {}
  }
}
