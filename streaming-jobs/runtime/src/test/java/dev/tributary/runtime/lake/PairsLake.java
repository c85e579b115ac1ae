package dev.tributary.runtime.lake;

import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;

/**
 * The tables of the tests: each number is read once into {@code raw}, posted as {@code +x} to one
 * ledger and as {@code -x} to the other, so that a cut which tears or doubles anything shows.
 */
final class PairsLake {

  static final int PARTITIONS = 4;

  static final LakeTable RAW =
      new LakeTable(
          "raw",
          "numbers",
          new Schema(
              required(1, "number", Types.LongType.get()),
              required(2, "epoch", Types.LongType.get()),
              required(3, "cut", Types.LongType.get())),
          Layer.RAW);
  static final LakeTable PLUS = ledger("plus");
  static final LakeTable MINUS = ledger("minus");

  static final LakeTables TABLES = LakeTables.with(List.of(RAW, PLUS, MINUS));

  private PairsLake() {}

  private static LakeTable ledger(String name) {
    return new LakeTable(
        "ledger",
        name,
        new Schema(
            required(1, "amount", Types.LongType.get()),
            required(2, "epoch", Types.LongType.get()),
            required(3, "cut", Types.LongType.get())),
        Layer.LEDGER);
  }

  static int partitionOf(long number) {
    return (int) (number % PARTITIONS);
  }

  static long offsetOf(long number) {
    return number / PARTITIONS;
  }

  /** A plain client of the catalog. */
  static Catalog connect(String uri) {
    RESTCatalog catalog = new RESTCatalog();
    catalog.initialize(
        "lake",
        Map.of(
            "uri", uri,
            "rest-metrics-reporting-enabled", "false",
            "io-impl", "org.apache.iceberg.hadoop.HadoopFileIO"));
    return catalog;
  }
}
