package dev.tributary.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of the validator is broken once, on a page of one chart. */
class ValidatorTest {
  @TempDir private Path root;

  @BeforeEach
  void aPageThatIsInOrder() {
    Map.of(
            "dashboards/assets/text.yaml", "lang: [en, zh]\nslug: ['', '-zh']\nt: [Sales, 销售]\n",
            "dashboards/assets/style.css", "",
            "dashboards/assets/databases/lakehouse.yaml",
                "database_name: Lakehouse\nsqlalchemy_uri: '${trino_uri}'\n",
            "dashboards/assets/datasets/lakehouse/sale.yaml",
                "columns: [{column_name: as_of, type: VARCHAR}, {column_name: amount, type: DOUBLE}]\ndescription: ${t}\n",
            "dashboards/assets/charts/sales.yaml",
                "dataset: sale\ndescription: ${t}\nparams: {all_columns: [amount]}\nslice_name: ${t}\nviz_type: table\n",
            "dashboards/assets/dashboards/sales.yaml",
                "dashboard_title: ${t}\nfilters: [{column: as_of, dataset: sale, name: '${t}'}]\nrows: [[{chart: sales, height: 10, width: 12}]]\n",
            "dashboards/queries/sale.sql",
                "-- Grain: sale.\nselect '1' as as_of, s.amount from (${mart.sale}) s where s.cut = ${cut}\n",
            "warehouse/views/mart/sale/view.sql", "select 1 as amount, 1 as cut",
            "warehouse/views/mart/sale/metadata.yaml", "columns: {amount: Amount., cut: Cut.}\n")
        .forEach(this::file);
  }

  @Test
  void aPageInOrderHasNoProblem() {
    assertThat(problems()).isEmpty();
  }

  @Test
  void aChartOfAnUnknownDatasetIsRefused() {
    change("dashboards/assets/charts/sales.yaml", "dataset: sale\n", "dataset: sail\n");
    assertThat(problems()).anyMatch(p -> p.contains("there is no dataset sail"));
  }

  @Test
  void aChartOfAnUnknownColumnIsRefused() {
    change("dashboards/assets/charts/sales.yaml", "[amount]", "[amuont]");
    assertThat(problems()).anyMatch(p -> p.contains("amuont is neither a column nor a metric"));
  }

  @Test
  void aMissingTextIsRefused() {
    change("dashboards/assets/charts/sales.yaml", "slice_name: ${t}", "slice_name: ${u}");
    assertThat(problems()).anyMatch(p -> p.contains("the text ${u} is missing"));
  }

  @Test
  void anUnusedTextIsRefused() {
    change("dashboards/assets/text.yaml", "t: ", "u: [a, b]\nt: ");
    assertThat(problems()).containsExactly("text.yaml: u is used nowhere; delete it");
  }

  @Test
  void aQueryOfTheLedgerIsRefused() {
    change("dashboards/queries/sale.sql", "(${mart.sale}) s", "ledger.sales s");
    assertThat(problems()).anyMatch(p -> p.contains("pages read marts only"));
  }

  @Test
  void aQueryThatLooksForTheNewestCutByItselfIsRefused() {
    change(
        "dashboards/queries/sale.sql",
        "s.cut = ${cut}",
        "s.cut = (select max(c.cut) from mart.cut c)");
    assertThat(problems()).anyMatch(p -> p.contains("looks for a cut or a day by itself"));
  }

  @Test
  void aQueryOfAnUnknownMartOrMartColumnIsRefused() {
    change("dashboards/queries/sale.sql", "s.amount", "s.amonut");
    assertThat(problems())
        .anyMatch(p -> p.contains("mart.sale.amonut is not in the mart's metadata.yaml"));
    change("dashboards/queries/sale.sql", "${mart.sale}", "${mart.sail}");
    assertThat(problems()).anyMatch(p -> p.contains("there is no mart ${mart.sail}"));
  }

  @Test
  void aQueryInAChartIsRefused() {
    change(
        "dashboards/assets/charts/sales.yaml", "[amount]}", "[amount], where: 'x in (select 1)'}");
    assertThat(problems()).anyMatch(p -> p.contains("holds SQL"));
  }

  @Test
  void anUnusedChartIsRefused() {
    file("dashboards/assets/charts/more.yaml", read("dashboards/assets/charts/sales.yaml"));
    assertThat(problems()).containsExactly("charts/more is on no page; delete it");
  }

  @Test
  void aTitleUsedTwiceIsRefused() {
    file("dashboards/assets/dashboards/more.yaml", read("dashboards/assets/dashboards/sales.yaml"));
    assertThat(problems()).anyMatch(p -> p.contains("the title “Sales” is also that of"));
  }

  @Test
  void aPageWithoutTheAsOfControlFirstIsRefused() {
    change("dashboards/assets/dashboards/sales.yaml", "column: as_of", "column: amount");
    assertThat(problems()).anyMatch(p -> p.contains("as_of comes first"));
  }

  @Test
  void aPasswordInTheDatabasesAddressIsRefused() {
    change(
        "dashboards/assets/databases/lakehouse.yaml",
        "${trino_uri}",
        "trino://me:hunter2@host/lake");
    assertThat(problems()).anyMatch(p -> p.contains("holds a secret"));
  }

  private List<String> problems() {
    return Validator.check(Assets.load(root));
  }

  private void change(String name, String from, String to) {
    assertThat(read(name)).contains(from);
    file(name, read(name).replace(from, to));
  }

  private String read(String name) {
    try {
      return Files.readString(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void file(String name, String text) {
    Path file = root.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
