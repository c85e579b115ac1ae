package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path dir;
  private Path file;
  private Process process;

  @BeforeEach
  void startAProcess() throws IOException {
    file = dir.resolve("part.pid");
    process = new ProcessBuilder("sleep", "61.25").start();
  }

  @AfterEach
  void endIt() {
    process.destroyForcibly();
  }

  @Test
  void aProcessWhoseCommandLineCarriesTheMarkerIsStopped() {
    PidFile pid = new PidFile(file);
    pid.write(process.pid(), "61.25");
    assertThat(pid.running()).map(ProcessHandle::pid).contains(process.pid());
    assertThat(pid.stop(PATIENCE)).isTrue();
    assertThat(process.isAlive()).isFalse();
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherProcessThatGotTheSameIdIsLeftAlone() {
    PidFile pid = new PidFile(file);
    pid.write(process.pid(), "-Dtributary.part=trino:/somewhere");
    assertThat(pid.stop(PATIENCE)).isFalse();
    assertThat(process.isAlive()).isTrue();
    assertThat(file).doesNotExist();
  }

  @Test
  void aProcessThatEndedIsNotRunning() throws InterruptedException {
    PidFile pid = new PidFile(file);
    pid.write(process.pid(), "61.25");
    process.destroyForcibly().waitFor();
    assertThat(pid.running()).isEmpty();
  }

  @Test
  void aMissingOrHalfWrittenFileNamesNoProcess() throws IOException {
    assertThat(new PidFile(file).running()).isEmpty();
    Files.writeString(file, "");
    assertThat(new PidFile(file).running()).isEmpty();
    Files.writeString(file, "12");
    assertThat(new PidFile(file).running()).isEmpty();
    Files.writeString(file, "not a number\nsleep\n");
    assertThat(new PidFile(file).running()).isEmpty();
  }

  /** The system shows an empty command line for an instant while a process becomes a program. */
  @Test
  void aProcessIsFoundWhileItBecomesAnotherProgram() throws IOException {
    Path script = dir.resolve("again.sh");
    Files.writeString(script, "exec /bin/sh \"$0\" \"$1\"\n");
    Process restless =
        new ProcessBuilder("/bin/sh", script.toString(), "-Dmarker=restless").start();
    try {
      PidFile pid = new PidFile(file);
      pid.write(restless.pid(), "-Dmarker=restless");
      for (int look = 0; look < 5_000; look++) {
        assertThat(pid.running()).as("look %s", look).isPresent();
      }
    } finally {
      restless.destroyForcibly();
    }
  }
}
