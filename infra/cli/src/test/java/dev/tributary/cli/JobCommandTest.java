package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.jobs.Policy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code job submit} refuses before it asks anybody. */
class JobCommandTest {

  @TempDir Path root;

  @BeforeEach
  void anEmptyProject() {
    System.setProperty("tributary.root", root.toString());
  }

  @AfterEach
  void forgetIt() {
    System.clearProperty("tributary.root");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--kafka",
        "--catalog",
        "--catalog-property",
        "--mode",
        "--parallelism",
        "--cut-every",
        "--state-backend",
        "--state-dir",
        "--from"
      })
  void whatIsForAClusterIsRefusedForTheStack(String option) {
    assertThat(submit(option, "a=b")).contains(option + " is for --cluster");
  }

  @Test
  void aClusterNeedsKafkaAndCatalog() {
    assertThat(submit("--cluster", "http://127.0.0.1:1", "--catalog", "http://catalog"))
        .contains("--kafka is missing");
    assertThat(submit("--cluster", "http://127.0.0.1:1", "--kafka", "kafka:9092"))
        .contains("--catalog is missing");
  }

  @Test
  void aBadPolicyIsNamedWithItsLine() throws IOException {
    String bad = "sale_without_invoice_is_collected: maybe";
    String text = Policy.shippedText().replace("sale_without_invoice_is_collected: true", bad);
    Path policy = Files.writeString(root.resolve("p.yaml"), text);
    long line = 1 + text.lines().takeWhile(each -> !each.contains(bad)).count();

    assertThat(submitTo("--policy", policy.toString())).contains("p.yaml line " + line, "maybe");
  }

  @Test
  void aJarThatWasNotBuiltIsNamed() {
    assertThat(submitTo())
        .contains("streaming-jobs/cluster/target/tributary-cluster.jar", "build it with ./mvnw");
  }

  @Test
  void aPropertyIsNotRepeatedInWhatIsSaid() {
    assertThat(submitTo("--catalog-property", "open-sesame"))
        .contains("NAME=VALUE")
        .doesNotContain("sesame");
    assertThat(submitTo("--catalog-property", "token=open-sesame"))
        .contains("does not exist")
        .doesNotContain("sesame");
  }

  private static String submitTo(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--cluster", "http://127.0.0.1:1", "--kafka", "k:9092", "--catalog", "http://c"));
    arguments.addAll(List.of(more));
    return submit(arguments.toArray(String[]::new));
  }

  /** What an attempt that must fail says. */
  private static String submit(String... options) {
    List<String> arguments = new ArrayList<>(List.of("job", "submit"));
    arguments.addAll(List.of(options));
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine().setErr(new PrintWriter(err)).execute(arguments.toArray(String[]::new));
    assertThat(exit).isNotZero();
    return err.toString();
  }
}
