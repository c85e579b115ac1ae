package dev.tributary.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/** The class path of the tests in jars only: a JVM shares no classes of folders. */
final class JarredClassPath {

  private final String classPath;
  private final Path archive;

  JarredClassPath(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (entry.isEmpty()) {
        continue;
      }
      if (Files.isDirectory(Path.of(entry))) {
        Path jar = folder.resolve(jars.size() + ".jar");
        int exit =
            ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                    System.out,
                    System.err,
                    "--create",
                    "--no-compress",
                    "--file=" + jar,
                    "-C",
                    entry,
                    ".");
        if (exit != 0) {
          throw new IllegalStateException("jar answered %s for %s".formatted(exit, entry));
        }
        jars.add(jar.toString());
      } else {
        jars.add(entry);
      }
    }
    this.classPath = String.join(File.pathSeparator, jars);
    this.archive = folder.resolve("classes.jsa");
  }

  String classPath() {
    return classPath;
  }

  /** Where the JVM keeps classes it has loaded. */
  Path archive() {
    return archive;
  }
}
