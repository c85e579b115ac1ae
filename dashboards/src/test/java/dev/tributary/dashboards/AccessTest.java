package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
  private final Access access = Access.load(Project.root());

  @Test
  void theCommittedRulesAreThoseOfTheAccessFile() throws Exception {
    assertThat(Files.readString(Project.root().resolve("dashboards/access/trino.json")))
        .as("run ./tributary dashboards access --out dashboards/access/trino.json")
        .isEqualTo(access.rules());
  }

  @Test
  void aReaderIsGrantedMartsOnlyAndMaySelectOnly() throws Exception {
    for (JsonNode rule : new ObjectMapper().readTree(access.rules()).path("tables")) {
      if (!rule.path("user").asText().contains("\\Qwarehouse\\E")) {
        assertThat(rule.path("schema").asText()).isEqualTo("mart");
        assertThat(rule.path("privileges")).hasSize(1);
        assertThat(rule.path("privileges").path(0).asText()).isEqualTo("SELECT");
      }
    }
  }

  @Test
  void everyLineViewWithARegionIsFilteredForTheRestrictedRole() {
    Assets assets = Assets.load(Project.root());
    access.roles().values().stream()
        .filter(Access.Role::isRestricted)
        .forEach(
            role ->
                assets
                    .martColumns()
                    .forEach(
                        (view, columns) -> {
                          boolean unlabelled =
                              view.equals("identity_line") || view.equals("promotion_label_line");
                          if (access.readable().contains(view)
                              && view.endsWith("_line")
                              && columns.contains("region")
                              && !unlabelled) {
                            assertThat(role.rows()).as(view).containsKey(view);
                          }
                        }));
  }

  @Test
  void theRestrictedRoleIsGrantedOnlyWhatIsForReaders() {
    assertThat(access.readable())
        .contains("promotion_result", "promotion_line", "page_head", "selectable_cut")
        .doesNotContain("raw_sale_line", "change_line", "rejected", "check_items");
    access.roles().values().stream()
        .filter(Access.Role::isRestricted)
        .forEach(role -> assertThat(access.readable()).containsAll(role.rows().keySet()));
  }

  @Test
  void aGeneratedPasswordIsForItsOwnerOnlyAndStays(@TempDir Path folder) throws Exception {
    String password = Importer.password(folder.resolve("secrets"), "finance");
    Path file = Importer.passwordFile(folder.resolve("secrets"), "finance");
    assertThat(password).hasSizeGreaterThan(20);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(Importer.password(folder.resolve("secrets"), "finance")).isEqualTo(password);
  }
}
