package dev.tributary.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.data.Record;

/** Promotion results in the words that the job and Flink SQL share. */
final class PromotionResults {

  /**
   * Measures that both compute, in the order of every array of sums. Money that the wholesaler
   * collects is applied to the oldest due first, which SQL cannot say; it is left out.
   */
  static final List<String> MEASURES =
      List.of(
          "cost",
          "planned_cost",
          "sales",
          "cost_of_goods",
          "units",
          "sale_lines",
          "collected",
          "participants");

  private static final int COLLECTED = MEASURES.indexOf("collected");

  private PromotionResults() {}

  /**
   * Sums by address.
   *
   * @param sums by company, promotion, region, cost class, currency and day, separated by bars;
   *     empty where there is none
   */
  record Results(Map<String, List<Long>> sums) {

    /** Where two results differ, at most a few of them; empty when they say the same. */
    List<String> differencesFrom(Results other) {
      List<String> differences = new ArrayList<>();
      TreeMap<String, List<Long>> all = new TreeMap<>(sums);
      other.sums.forEach(all::putIfAbsent);
      for (String address : all.keySet()) {
        List<Long> mine = sums.get(address);
        List<Long> others = other.sums.get(address);
        if (differences.size() < 5 && (mine == null || !mine.equals(others))) {
          differences.add("%s: %s and %s of %s".formatted(address, mine, others, MEASURES));
        }
      }
      return differences;
    }
  }

  /** Adds up results; addresses that come to nothing are left out. */
  static final class Sums {
    private final Map<String, long[]> byAddress = new ConcurrentHashMap<>();

    void add(String address, long... measures) {
      byAddress.merge(
          address,
          measures,
          (sum, added) -> {
            long[] both = sum.clone();
            for (int i = 0; i < both.length; i++) {
              both[i] = Math.addExact(both[i], added[i]);
            }
            return both;
          });
    }

    Results results() {
      Map<String, List<Long>> sums = new TreeMap<>();
      byAddress.forEach(
          (address, measures) -> {
            List<Long> values = new ArrayList<>(measures.length);
            boolean nothing = true;
            for (long measure : measures) {
              values.add(measure);
              nothing &= measure == 0;
            }
            if (!nothing) {
              sums.put(address, List.copyOf(values));
            }
          });
      return new Results(sums);
    }
  }

  /** What the ledger says at a cut. */
  static Results ofLedger(Lake lake, long cut) {
    Sums sums = new Sums();
    lake.forEachLine(
        "promotions",
        cut,
        line -> {
          long[] measures = new long[MEASURES.size()];
          for (int i = 0; i < measures.length; i++) {
            measures[i] = whole(line.getField(MEASURES.get(i)));
          }
          if (line.getField("company").equals(EventStream.WHOLESALER)) {
            measures[COLLECTED] = 0;
          }
          sums.add(
              address(
                  text(line, "company"),
                  text(line, "promotion_id"),
                  text(line, "region"),
                  text(line, "cost_class"),
                  text(line, "currency"),
                  text(line, "effective_on")),
              measures);
        });
    return sums.results();
  }

  static String address(String... parts) {
    return String.join("|", parts);
  }

  private static String text(Record line, String field) {
    Object value = line.getField(field);
    return value == null ? "" : value.toString();
  }

  private static long whole(Object value) {
    return value instanceof BigDecimal amount
        ? amount.movePointRight(6).longValueExact()
        : (Long) value;
  }
}
