package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-01-02T03:04:05Z"));

  @TempDir Path dir;
  private Home home;
  private Path saved;
  private Backup backup;

  @BeforeEach
  void fillAHome() throws IOException {
    home = new Home(dir.resolve("home"));
    saved = dir.resolve("saved");
    backup = new Backup(home, line -> {});
    write(home.catalog().resolve("catalog.db"), "tables");
    write(home.kafka().resolve("sales-0/0.log"), "events");
    write(home.state().resolve("epoch-1/_metadata"), "state");
    write(home.secrets().resolve("key"), "secret");
    Files.setLastModifiedTime(home.state().resolve("epoch-1/_metadata"), LONG_AGO);
    Files.setPosixFilePermissions(
        home.secrets().resolve("key"), PosixFilePermissions.fromString("rw-------"));
    write(home.logs().resolve("stack.log"), "not kept");
  }

  @Test
  void whatWasSavedComesBackWithItsTimesAndRights() throws IOException {
    assertThat(backup.save(saved)).isEqualTo(4);
    for (Path part : home.kept()) {
      Downloads.deleteTree(part);
    }
    assertThat(backup.restore(saved, false)).isEqualTo(4);
    assertThat(home.kafka().resolve("sales-0/0.log")).hasContent("events");
    assertThat(Files.getLastModifiedTime(home.state().resolve("epoch-1/_metadata")))
        .isEqualTo(LONG_AGO);
    assertThat(Files.getPosixFilePermissions(home.secrets().resolve("key")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(home.root().resolve("restoring")).doesNotExist();
  }

  @Test
  void aHomeWithDataIsReplacedOnlyWhenForced() throws IOException {
    backup.save(saved);
    write(home.kafka().resolve("sales-0/1.log"), "later");
    assertThatThrownBy(() -> backup.restore(saved, false)).hasMessageContaining("--force");
    assertThat(home.kafka().resolve("sales-0/1.log")).hasContent("later");
    backup.restore(saved, true);
    assertThat(home.kafka().resolve("sales-0/1.log")).doesNotExist();
    assertThat(home.kafka().resolve("sales-0/0.log")).hasContent("events");
  }

  @Test
  void aDamagedBackupIsRefusedBeforeAnythingIsChanged() throws IOException {
    backup.save(saved);
    write(saved.resolve("data/catalog/catalog.db"), "tampered");
    assertThatThrownBy(() -> backup.restore(saved, true))
        .hasMessageContaining("nothing was restored")
        .hasMessageContaining("catalog/catalog.db was changed");
    assertThat(home.catalog().resolve("catalog.db")).hasContent("tables");
  }

  @Test
  void aBackupOfAnotherPlaceIsRefused() {
    backup.save(saved);
    Backup elsewhere = new Backup(new Home(dir.resolve("elsewhere")), line -> {});
    assertThatThrownBy(() -> elsewhere.restore(saved, false))
        .hasMessageContaining("full path")
        .hasMessageContaining(home.root().toString());
  }

  @Test
  void aFilledDirectoryIsNotOverwritten() throws IOException {
    write(saved.resolve("mine"), "keep");
    assertThatThrownBy(() -> backup.save(saved)).hasMessageContaining("is not empty");
    assertThat(saved.resolve("mine")).hasContent("keep");
  }

  @Test
  void aDirectoryThatIsNoBackupIsRefused() throws IOException {
    Files.createDirectories(saved);
    assertThatThrownBy(() -> backup.restore(saved, false)).hasMessageContaining("not a backup");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
