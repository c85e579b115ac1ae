package dev.tributary.jobs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;

/** Ledgers added up per address, without what depends on when and how they were posted. */
final class NetLedger {

  private static final Set<String> WHEN_AND_HOW =
      Set.of("fold_version", "policy_version", "epoch", "cut");
  private static final List<String> LEDGERS =
      List.of("identity", "receivables", "promotions", "credit", "attribution");
  private static final Set<String> MEASURES =
      Set.of(
          "amount",
          "members",
          "cost",
          "planned_cost",
          "sales",
          "cost_of_goods",
          "units",
          "collected",
          "credited",
          "sale_lines",
          "participants",
          "signed_count",
          "touches");

  private NetLedger() {}

  /** All ledgers at a cut, as text: address, then sums; addresses that came to nothing left out. */
  static String at(Stage stage, long cut) {
    StringBuilder text = new StringBuilder();
    for (String table : LEDGERS) {
      Map<String, Map<String, BigDecimal>> sums = new TreeMap<>();
      for (Record row : stage.rows("ledger." + table, cut)) {
        Map<String, BigDecimal> measures =
            sums.computeIfAbsent(address(row), address -> new TreeMap<>());
        for (Types.NestedField field : row.struct().fields()) {
          if (isMeasure(field.name()) && row.getField(field.name()) != null) {
            measures.merge(
                field.name(),
                new BigDecimal(row.getField(field.name()).toString()),
                BigDecimal::add);
          }
        }
      }
      sums.forEach(
          (address, measures) -> {
            if (measures.values().stream().anyMatch(sum -> sum.signum() != 0)) {
              text.append(table).append(' ').append(address);
              measures.forEach(
                  (name, sum) ->
                      text.append(' ')
                          .append(name)
                          .append('=')
                          .append(sum.stripTrailingZeros().toPlainString()));
              text.append('\n');
            }
          });
    }
    return text.toString();
  }

  /** The models of attribution have a column each. */
  private static boolean isMeasure(String column) {
    return MEASURES.contains(column)
        || column.startsWith("credit_")
        || column.startsWith("revenue_");
  }

  private static String address(Record row) {
    StringBuilder address = new StringBuilder();
    for (Types.NestedField field : row.struct().fields()) {
      if (!isMeasure(field.name()) && !WHEN_AND_HOW.contains(field.name())) {
        address.append(row.getField(field.name())).append('|');
      }
    }
    return address.toString();
  }
}
