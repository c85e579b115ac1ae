package dev.tributary.runtime.lake;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.EmbeddedCatalog;
import java.nio.file.Path;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTablesTest {

  @Test
  void missingTablesAndColumnsAreCreatedAndWhatIsThereStays(@TempDir Path directory) {
    try (EmbeddedCatalog server = EmbeddedCatalog.start(directory, 0)) {
      Catalog catalog = PairsLake.connect(server.uri());
      LakeTable narrow = table(required(1, "cut", Types.LongType.get()));
      LakeTable wide =
          table(
              optional(
                  1, "sale", Types.StructType.of(optional(2, "sale_id", Types.StringType.get()))),
              required(3, "cut", Types.LongType.get()));
      LakeTable wider =
          table(
              optional(
                  1,
                  "sale",
                  Types.StructType.of(
                      optional(2, "sale_id", Types.StringType.get()),
                      optional(3, "units", Types.LongType.get()))),
              required(4, "cut", Types.LongType.get()));

      LakeTables.with(List.of(narrow)).createMissing(catalog);
      LakeTables.with(List.of(wide)).createMissing(catalog);
      LakeTables.with(List.of(wider)).createMissing(catalog);
      LakeTables.with(List.of(wider)).createMissing(catalog);

      Table table = catalog.loadTable(narrow.identifier());
      assertThat(table.schema().columns()).extracting(NestedField::name).contains("cut", "sale");
      assertThat(table.schema().findField("sale.units")).isNotNull();
      assertThat(table.schemas()).hasSize(3);
      assertThat(catalog.tableExists(LakeTables.NAMED_CUTS)).isTrue();
      assertThat(catalog.loadTable(LakeTables.CUTS).schema().identifierFieldIds()).isEmpty();
      assertThat(new CutReader(catalog).newest()).isEmpty();
      assertThat(new CutReader(catalog).nextEpoch()).isEqualTo(1);
    }
  }

  @Test
  void aTableWithoutACutIsNotAccepted() {
    assertThatThrownBy(() -> table(required(1, "amount", Types.LongType.get())))
        .hasMessageContaining("has no column \"cut\"");
  }

  @Test
  void anUndeclaredTableIsNamed() {
    assertThatThrownBy(() -> PairsLake.TABLES.indexOf("ledger.unknown"))
        .hasMessageContaining("ledger.unknown is not declared");
  }

  private static LakeTable table(NestedField... columns) {
    return new LakeTable("raw", "sales", new Schema(columns), Layer.RAW);
  }
}
