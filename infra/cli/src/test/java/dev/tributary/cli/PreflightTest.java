package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreflightTest {

  @Test
  void whatIsMissingIsSaidWithWhatToDo() {
    assertThat(Preflight.java(21)).singleElement().asString().contains("Java 21", "JDK 25");
    assertThat(Preflight.memory(2_500_000_000L, true))
        .singleElement()
        .asString()
        .contains("Only 2.5 GB", "4.0 GB", "--no-superset");
    assertThat(Preflight.disk(900_000_000L, 4_000_000_000L, Path.of("/cache"), "downloads"))
        .singleElement()
        .asString()
        .contains("Only 0.9 GB", "/cache", "4.0 GB", "downloads");
    for (int none : new int[] {0, 65_528}) {
      assertThat(Preflight.port(none))
          .singleElement()
          .asString()
          .contains("--port " + none, "from 1 to 65527");
    }
  }

  @Test
  void aMachineThatJustFitsHasNoProblem() {
    assertThat(Preflight.java(25)).isEmpty();
    assertThat(Preflight.port(1)).isEmpty();
    assertThat(Preflight.port(65_527)).isEmpty();
    assertThat(Preflight.memory(4_000_000_000L, true)).isEmpty();
    assertThat(Preflight.memory(3_000_000_000L, false)).isEmpty();
    assertThat(Preflight.disk(1, 1, Path.of("/"), "data")).isEmpty();
  }
}
