package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which Python is taken, of programs that only say a version. */
class PythonTest {

  private static final String LACKS_VENV = "exit 1";

  @TempDir Path dir;

  @Test
  void theNewerVersionIsTakenWhereverItIs() throws IOException {
    python("first/python3.10", "echo 3.10.14");
    Path newer = python("second/python3.11", "echo 3.11.9");

    assertThat(find(null)).contains(new Python(newer, "3.11.9"));
  }

  @Test
  void oneThatLacksVenvIsPassedOver() throws IOException {
    python("first/python3.11", LACKS_VENV);
    Path whole = python("second/python3.10", "echo 3.10.14");

    assertThat(find(null)).contains(new Python(whole, "3.10.14"));
  }

  @Test
  void withoutAnyThereIsNone() throws IOException {
    assertThat(find(null)).isEmpty();
    python("first/python3.11", LACKS_VENV);
    assertThat(find(null)).isEmpty();
    assertThat(Python.HOW_TO_GET_ONE).contains("3.11", "apt-get install", "TRIBUTARY_PYTHON");
  }

  @Test
  void oneThatIsOlderThanItsNameIsNotTaken() throws IOException {
    python("first/python3.11", "echo 3.9.2");
    python("second/python3", "echo 3.11.9");

    assertThat(find(null)).isEmpty();
  }

  @Test
  void theOneThatIsNamedIsTakenOrNone() throws IOException {
    python("first/python3.11", "echo 3.11.9");
    Path named = python("elsewhere/python", "echo 3.10.4");
    Path old = python("elsewhere/old", "echo 3.9.2");
    Path tooNew = python("elsewhere/new", "echo 3.12.1");

    assertThat(find(named.toString())).contains(new Python(named, "3.10.4"));
    assertThat(find(old.toString())).isEmpty();
    assertThat(find(tooNew.toString())).isEmpty();
    assertThat(find(dir.resolve("elsewhere/missing").toString())).isEmpty();
  }

  private Optional<Python> find(String named) {
    return Python.find(named, List.of(dir.resolve("first"), dir.resolve("second")));
  }

  private Path python(String name, String body) throws IOException {
    Path file = dir.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
