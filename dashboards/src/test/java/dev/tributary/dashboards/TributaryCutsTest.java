package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Runs the redirect's own tests, which are Python as the redirect is. */
class TributaryCutsTest {
  @Test
  void theRedirectSendsAPageToItsCutAndLeavesOneThatHasItAlone() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(
                  "python3", "-B", "-m", "unittest", "discover", "-s", "dashboards/src/test/python")
              .directory(Project.root().toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      if (System.getenv("CI") != null) {
        throw e;
      }
      assumeTrue(false, "no python3 found");
      return;
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
  }
}
