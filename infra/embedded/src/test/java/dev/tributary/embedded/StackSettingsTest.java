package dev.tributary.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSettingsTest {

  @TempDir Path home;

  @Test
  void settingsThatWereSavedAreReadBack() {
    StackSettings settings =
        new StackSettings("h:1", "http://h:2", "http://h:3", "http://h:4", "http://h:5");
    settings.save(home);
    assertThat(StackSettings.load(home)).isEqualTo(settings);
  }

  @Test
  void withoutAStackTheMessageSaysHowToStartOne() {
    assertThatThrownBy(() -> StackSettings.load(home))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("./tributary up");
    new StackSettings("h:1", "", "", "", "").save(home);
    StackSettings.forget(home);
    assertThatThrownBy(() -> StackSettings.load(home)).hasMessageContaining("not running");
  }
}
