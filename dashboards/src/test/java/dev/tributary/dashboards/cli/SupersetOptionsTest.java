package dev.tributary.dashboards.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SupersetOptionsTest {

  @TempDir Path home;

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("tributary.home");
  }

  @Test
  void theAdministratorsPasswordIsWhereTheStackKeepsIt() {
    System.setProperty("tributary.home", home.toString());
    SupersetOptions options = new SupersetOptions();
    CommandLine.populateCommand(options);
    assertThat(options.passwordFile(new RootOption()))
        .isEqualTo(home.resolve("secrets").resolve("superset-admin-password"));
  }

  @Test
  void anotherFileCanBeNamed() {
    SupersetOptions options = new SupersetOptions();
    CommandLine.populateCommand(options, "--password-file=mine");
    assertThat(options.passwordFile(new RootOption())).isEqualTo(Path.of("mine"));
  }
}
