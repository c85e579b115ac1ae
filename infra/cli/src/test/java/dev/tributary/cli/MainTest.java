package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

  @TempDir Path dir;
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forgetTheHome() {
    System.clearProperty("tributary.home");
  }

  @Test
  void everyVerbExplainsItself() {
    CommandLine commandLine = commandLine();
    commandLine
        .getSubcommands()
        .forEach(
            (name, verb) -> {
              assertThat(verb.getUsageMessage()).as(name).contains("--help");
              assertThat(verb.getCommandSpec().usageMessage().description()).as(name).isNotEmpty();
            });
  }

  @Test
  void withoutAStackAVerbSaysHowToStartOne() {
    assertThat(commandLine().execute("query", "select 1")).isEqualTo(1);
    assertThat(err.toString()).contains("The stack is not running", "./tributary up");
  }

  @Test
  void anUnknownVerbIsWrongUsage() {
    assertThat(commandLine().execute("upp")).isEqualTo(2);
    assertThat(err.toString()).contains("upp");
  }

  @Test
  void theStacksProcessGetsTheOptionsOfUp() {
    StackOptions given = new StackOptions();
    CommandLine.populateCommand(
        given, "--port=31000", "--cut-every=PT5S", "--no-superset", "--state-backend=rocksdb");
    StackOptions received = new StackOptions();
    CommandLine.populateCommand(received, given.arguments());
    assertThat(received).usingRecursiveComparison().isEqualTo(given);
    assertThat(received.port).isEqualTo(31000);
    assertThat(received.withoutSuperset).isTrue();
  }

  @Test
  void theBenchmarkMeasuresTheStateBackendThatTheStackRunsOn() {
    assertThat(defaultOf("bench", "--state-backend"))
        .isEqualTo(defaultOf("up", "--state-backend"))
        .isEqualTo("rocksdb");
  }

  private String defaultOf(String verb, String option) {
    return commandLine()
        .getSubcommands()
        .get(verb)
        .getCommandSpec()
        .findOption(option)
        .defaultValue();
  }

  private CommandLine commandLine() {
    System.setProperty("tributary.home", dir.toString());
    return Main.commandLine().setErr(new PrintWriter(err));
  }
}
