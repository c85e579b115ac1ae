package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.embedded.Downloads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the launcher script takes. */
class LauncherTest {

  @TempDir Path dir;

  @Test
  void javaHomeIsTakenWhenItFits() throws Exception {
    Path fits = jdk("given", "25.0.1");
    jdk("places/other", "26");
    assertThat(launcher(fits)).isEqualTo(fits.toString());
  }

  @Test
  void aJavaHomeThatIsTooOldIsPassedOver() throws Exception {
    Path found = jdk("places/temurin-25", "25.0.3");
    jdk("places/openjdk-17", "17.0.15");
    assertThat(launcher(jdk("given", "21.0.2"))).isEqualTo(found.toString());
  }

  @Test
  void aRuntimeWithoutACompilerDoesNotFit() throws Exception {
    Path runtime = jdk("places/jre-25", "25");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(launcher(null)).contains("apt-get install", "JAVA_HOME", "JDK 25 or later");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = dir.resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    for (String tool : List.of("java", "javac")) {
      Path file = Files.writeString(home.resolve("bin").resolve(tool), "#!/bin/sh\nexit 1\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }

  private String launcher(Path javaHome) throws Exception {
    Path bin = Files.createDirectories(dir.resolve("bin"));
    for (String tool : List.of("bash", "sed", "dirname", "env")) {
      Path link = bin.resolve(tool);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, which(tool));
      }
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                bin.resolve("bash").toString(),
                Downloads.projectRoot().resolve("tributary").toString(),
                "jdk")
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", dir.toString());
    builder.environment().put("TRIBUTARY_JDK_PLACES", dir.resolve("places").toString());
    if (javaHome != null) {
      builder.environment().put("JAVA_HOME", javaHome.toString());
    }
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said.strip();
  }

  private static Path which(String tool) {
    for (String directory : List.of("/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin")) {
      Path file = Path.of(directory, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new IllegalStateException("No " + tool + " on this machine");
  }
}
