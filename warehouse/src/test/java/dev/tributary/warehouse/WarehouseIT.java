package dev.tributary.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.embedded.Downloads;
import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.TrinoServer;
import dev.tributary.warehouse.ViewMetadata.Audience;
import dev.tributary.warehouse.ViewMetadata.Kind;
import dev.tributary.warehouse.cli.ReconcileCommand;
import dev.tributary.warehouse.cli.WeightsCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.rest.RESTCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A story of two epochs in a real lake: what each page reads at each of its cuts.
 *
 * <p>Epoch 1 publishes four cuts. Epoch 2 starts from the savepoint of the third, so the fourth, a
 * payment of 50.00, is off its timeline; then two customers turn out to be one. Epochs 3 to 7 are
 * what-ifs; the fourth knows nothing but one debtor's invoices and how they are paid, the fifth
 * nothing but journeys, the sixth stands on the fifth's first cut, and the seventh knows nothing
 * but what channels cost and earn.
 *
 * <p>Trino starts with the rules that are in force, of which {@code marketer} sees one region.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WarehouseIT {

  private static final long SALES = 1_000_000_001L;
  private static final long INVOICES = 1_000_000_002L;
  private static final long PAID = 1_000_000_003L;
  private static final long FORKED_AWAY = 1_000_000_004L;
  private static final long MERGED = 2_000_000_004L;
  private static final long NEWEST = 2_000_000_005L;
  private static final long WHAT_IF = 3_000_000_002L;
  private static final long COLLECTING = 4_000_000_001L;
  private static final long NINE_PATHS = 5_000_000_001L;
  private static final long LATE_TOUCH = 5_000_000_002L;
  private static final long WITHOUT_IT = 6_000_000_001L;
  private static final long SPENDING = 7_000_000_001L;

  private static final TableIdentifier RECEIVABLES = TableIdentifier.of("ledger", "receivables");

  @TempDir static Path directory;

  private static EmbeddedCatalog catalog;
  private static TrinoServer trino;
  private static String url;
  private static Sql sql;
  private static int firstApply;

  @BeforeAll
  static void startLake() {
    catalog = EmbeddedCatalog.start(directory.resolve("catalog"), 0);
    trino =
        TrinoServer.start(
            directory.resolve("trino"),
            0,
            catalog.uri(),
            Downloads.projectRoot().resolve("dashboards/access/trino.json"));
    url = trino.jdbcUrl(TrinoServer.ADMIN);
    sql = Sql.open(url);
    firstApply = Warehouse.apply(url);
    tell(new Story());
  }

  @AfterAll
  static void stopLake() {
    if (sql != null) {
      sql.close();
    }
    if (trino != null) {
      trino.close();
    }
    if (catalog != null) {
      catalog.close();
    }
  }

  private static void tell(Story story) {
    story
        .timeline(1, 0, Long.MAX_VALUE)
        .timeline(2, 0, PAID)
        .timeline(2, 2_000_000_000L, Long.MAX_VALUE);

    story
        .in(1, 1)
        .registered("C1", "Ann", "North West")
        .registered("C2", "Ann B", "South")
        .registered("C3", "Cid", "South")
        .planned("P1", "Spring", "'Radio', 'TV'", "2026-01-01", "100.00")
        .planned("P2", "Summer", "'TV'", "2026-06-01", "50.00")
        .cost("cost-1", "P1", "MEDIA", null, "2026-01-05", "100.01")
        .cost("cost-2", "P2", "FEE", "South", "2026-01-06", "10.00")
        .sale(
            "S1",
            0,
            "C1",
            "North West",
            "2026-01-10",
            "ON_ACCOUNT",
            "P1",
            "2",
            "60",
            "30",
            "-",
            "1",
            "5",
            "2")
        .sale("S2", 0, "C2", "South", "2026-01-11", "AT_SALE", "P1", "1", "30", "20")
        .sale("S3", 0, "C3", "West", "2026-01-11", "ON_ACCOUNT", "P1", "1", "30", "10")
        .sold("P1", "North West", "2026-01-10", "60", "30", "2", "0", 1)
        .sold("-", "North West", "2026-01-10", "5", "2", "1", "0", 1)
        .sold("P1", "South", "2026-01-11", "30", "20", "1", "30", 1)
        .sold("P1", "West", "2026-01-11", "30", "10", "1", "0", 1)
        .participants("P1", 3)
        .publish(1, "2026-02-01 00:00:00", "2026-01-31 00:00:00", "acme", "2026-01-31");

    story.in(1, 2);
    String[][] ageing = {
      {"I1", "2026-05-01", "1"},
      {"I2", "2026-04-30", "2"},
      {"I3", "2026-04-01", "4"},
      {"I4", "2026-03-31", "8"},
      {"I5", "2026-03-02", "16"},
      {"I6", "2026-03-01", "32"},
      {"I7", "2026-01-31", "64"},
      {"I8", "2026-01-30", "128"}
    };
    for (String[] invoice : ageing) {
      String id = invoice[0];
      String due = invoice[1];
      story
          .invoice(id, "C3", "South", "2026-01-02", due, "-", invoice[2])
          .posts(
              "C3",
              "RECEIVABLE",
              "INVOICE",
              id,
              id,
              "-",
              "South",
              invoice[2],
              "2026-01-02",
              due,
              id)
          .posts(
              "C3",
              "BILLED",
              "INVOICE",
              id,
              id,
              "-",
              "South",
              "-" + invoice[2],
              "2026-01-02",
              "-",
              id);
    }
    story
        .invoice("A1", "C1", "North West", "2026-01-15", "2026-02-14", "P1", "60", "-", "40")
        .posts(
            "C1",
            "RECEIVABLE",
            "INVOICE",
            "A1",
            "A1",
            "P1",
            "North West",
            "60",
            "2026-01-15",
            "2026-02-14",
            "A1")
        .posts(
            "C1",
            "RECEIVABLE",
            "INVOICE",
            "A1",
            "A1",
            "-",
            "North West",
            "40",
            "2026-01-15",
            "2026-02-14",
            "A1")
        .posts(
            "C1",
            "BILLED",
            "INVOICE",
            "A1",
            "A1",
            "-",
            "North West",
            "-100",
            "2026-01-15",
            "-",
            "A1")
        .invoice("A2", "C2", "South", "2026-01-16", "2026-02-10", "P1", "50")
        .posts(
            "C2",
            "RECEIVABLE",
            "INVOICE",
            "A2",
            "A2",
            "P1",
            "South",
            "50",
            "2026-01-16",
            "2026-02-10",
            "A2")
        .posts("C2", "BILLED", "INVOICE", "A2", "A2", "-", "South", "-50", "2026-01-16", "-", "A2")
        .publish(2, "2026-02-02 00:00:00", "2026-01-31 00:00:00", "acme", "2026-01-31");

    story
        .in(1, 3)
        // 33.33 over 60 and 40: 19.998 and 13.332, so the odd cent goes to the promotion
        .payment("PAY1", "C1", "2026-02-01", "33.33")
        .posts(
            "C1", "CASH", "PAYMENT", "PAY1", "PAY1", "-", "-", "33.33", "2026-02-01", "-", "PAY1")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "P1",
            "North West",
            "-20.00",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "-",
            "North West",
            "-13.33",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .receipt("P1", "North West", "2026-02-01", "20.00", "0")
        .receipt("-", "North West", "2026-02-01", "13.33", "0")
        .sale("S3", 1, "C3", "West", "2026-01-11", "ON_ACCOUNT", "P1", "1", "30", "12")
        .superseded("sales", "S3", 0)
        .sold("P1", "West", "2026-01-11", "0", "2", "0", "0", 0)
        .rejected("sales", "not_avro")
        .duplicate("sales")
        .publish(3, "2026-03-01 00:00:00", "2026-02-28 00:00:00", "acme", "2026-02-28")
        .named("before the merge");
    int receivables = story.offset("receivables");

    story
        .in(1, 4)
        .payment("PAYX", "C2", "2026-02-20", "50")
        .posts("C2", "CASH", "PAYMENT", "PAYX", "PAYX", "-", "-", "50", "2026-02-20", "-", "PAYX")
        .posts(
            "C2",
            "RECEIVABLE",
            "PAYMENT",
            "PAYX",
            "A2",
            "P1",
            "South",
            "-50",
            "2026-02-20",
            "2026-02-10",
            "PAYX")
        .receipt("P1", "South", "2026-02-20", "50", "0")
        .credit("C2", "ALERT", "-", "-", "-", "OVERDUE", "RAISED", "50", 1, "-", "2026-02-20")
        .publish(4, "2026-03-02 00:00:00", "2026-02-28 00:00:00", "acme", "2026-02-28");

    story
        .rewind("receivables", receivables)
        .backAt(PAID)
        .in(2, 4)
        .replayed("sales", 4)
        .merged("M1", "C2", "C1")
        .merged("M2", "C3", "C1")
        .split("SP2", "M2")
        .survivor("C2", "C1", 1)
        .participants("P1", -1)
        // the two are one debtor now, whose oldest due item is A2
        .posts(
            "C2",
            "RECEIVABLE",
            "INVOICE",
            "A2",
            "A2",
            "P1",
            "South",
            "-50",
            "2026-01-16",
            "2026-02-10",
            "A2")
        .posts("C2", "BILLED", "INVOICE", "A2", "A2", "-", "South", "50", "2026-01-16", "-", "A2")
        .posts(
            "C1",
            "RECEIVABLE",
            "INVOICE",
            "A2",
            "A2",
            "P1",
            "South",
            "50",
            "2026-01-16",
            "2026-02-10",
            "A2")
        .posts("C1", "BILLED", "INVOICE", "A2", "A2", "-", "South", "-50", "2026-01-16", "-", "A2")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "P1",
            "North West",
            "20.00",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "-",
            "North West",
            "13.33",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A2",
            "P1",
            "South",
            "-33.33",
            "2026-02-01",
            "2026-02-10",
            "PAY1")
        .receipt("P1", "North West", "2026-02-01", "-20.00", "0")
        .receipt("-", "North West", "2026-02-01", "-13.33", "0")
        .receipt("P1", "South", "2026-02-01", "33.33", "0")
        .target("T1", 2, "COLLECTION", "China", "-", "2026-04", "90")
        .target("T1", 1, "COLLECTION", "China", "-", "2026-04", "80")
        .target("T2", 1, "COLLECTION", "South", "T1", "2026-04", "40")
        .publish(5, "2026-05-02 00:00:00", "2026-05-01 00:00:00", "acme", "2026-05-01");

    story
        .in(2, 5)
        // the rest of A2, all of A1, 83 that waits for A3, and 0.33 too much
        .payment("PAY2", "C1", "2026-03-01", "200", "A2", "16.67", "A1", "100", "A3", "83")
        .posts("C1", "CASH", "PAYMENT", "PAY2", "PAY2", "-", "-", "200", "2026-03-01", "-", "PAY2")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY2",
            "A2",
            "P1",
            "South",
            "-16.67",
            "2026-03-01",
            "2026-02-10",
            "PAY2")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY2",
            "A1",
            "P1",
            "North West",
            "-60",
            "2026-03-01",
            "2026-02-14",
            "PAY2")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY2",
            "A1",
            "-",
            "North West",
            "-40",
            "2026-03-01",
            "2026-02-14",
            "PAY2")
        .posts(
            "C1",
            "UNAPPLIED_CASH",
            "PAYMENT",
            "PAY2",
            "PAY2",
            "-",
            "-",
            "-83.33",
            "2026-03-01",
            "-",
            "PAY2")
        .receipt("P1", "South", "2026-03-01", "16.67", "0")
        .receipt("P1", "North West", "2026-03-01", "60", "0")
        .receipt("-", "North West", "2026-03-01", "40", "0")
        // the invoice uses what waits for it
        .invoice("A3", "C2", "South", "2026-04-10", "2026-06-01", "-", "83")
        .posts(
            "C1",
            "RECEIVABLE",
            "INVOICE",
            "A3",
            "A3",
            "-",
            "South",
            "83",
            "2026-04-10",
            "2026-06-01",
            "A3")
        .posts("C1", "BILLED", "INVOICE", "A3", "A3", "-", "South", "-83", "2026-04-10", "-", "A3")
        .posts(
            "C1",
            "UNAPPLIED_CASH",
            "APPLICATION",
            "PAY2",
            "PAY2",
            "-",
            "-",
            "83",
            "2026-04-10",
            "-",
            "A3")
        .posts(
            "C1",
            "RECEIVABLE",
            "APPLICATION",
            "PAY2",
            "A3",
            "-",
            "South",
            "-83",
            "2026-04-10",
            "2026-06-01",
            "A3")
        .receipt("-", "South", "2026-04-10", "83", "0")
        // 28 off I8, 5 for nothing in particular, a payment that bounces, one that waits for I9
        .creditNote("CN1", "C3", "I8", "2026-04-11", "28")
        .posts(
            "C3", "CREDITED", "CREDIT_NOTE", "CN1", "CN1", "-", "-", "28", "2026-04-11", "-", "CN1")
        .posts(
            "C3",
            "RECEIVABLE",
            "CREDIT_NOTE",
            "CN1",
            "I8",
            "-",
            "South",
            "-28",
            "2026-04-11",
            "2026-01-30",
            "CN1")
        .receipt("-", "South", "2026-04-11", "0", "28")
        .creditNote("CN2", "C3", "-", "2026-04-12", "5")
        .posts(
            "C3", "CREDITED", "CREDIT_NOTE", "CN2", "CN2", "-", "-", "5", "2026-04-12", "-", "CN2")
        .posts(
            "C3",
            "FREE_CREDIT",
            "CREDIT_NOTE",
            "CN2",
            "CN2",
            "-",
            "-",
            "-5",
            "2026-04-12",
            "-",
            "CN2")
        .payment("PAY3", "C3", "2026-04-13", "7")
        .posts("C3", "CASH", "PAYMENT", "PAY3", "PAY3", "-", "-", "7", "2026-04-13", "-", "PAY3")
        .posts(
            "C3",
            "RECEIVABLE",
            "PAYMENT",
            "PAY3",
            "I8",
            "-",
            "South",
            "-7",
            "2026-04-13",
            "2026-01-30",
            "PAY3")
        .receipt("-", "South", "2026-04-13", "7", "0")
        .reversal("R3", "PAY3", "C3", "2026-04-14")
        .posts("C3", "CASH", "REVERSAL", "PAY3", "PAY3", "-", "-", "-7", "2026-04-14", "-", "R3")
        .posts(
            "C3",
            "RECEIVABLE",
            "REVERSAL",
            "PAY3",
            "I8",
            "-",
            "South",
            "7",
            "2026-04-14",
            "2026-01-30",
            "R3")
        .receipt("-", "South", "2026-04-14", "-7", "0")
        // 262 lent to C3, over its limit of 150, 60 of it secured
        .limit("L0", "C3", "2026-04-14", "150", "USD")
        .ownLimit("C3", "150", "USD", 1, "2026-04-14")
        .limit("L1", "C3", "2026-04-15", "150", "CNY")
        .ownLimit("C3", "-150", "USD", -1, "2026-04-15")
        .ownLimit("C3", "150", "CNY", 1, "2026-04-15")
        // still held, since its last day has not passed; and a collateral that is worth nothing
        .limitThrough("L2", "C4", "2026-04-15", "2026-12-31", "500", "CNY")
        .ownLimit("C4", "500", "CNY", 1, "2026-04-15")
        .pledged("K0", "C3", "2026-04-16", "0")
        .pledged("K1", "C3", "2026-04-16", "60")
        .credit("C3", "COLLATERAL", "-", "K1", "-", "-", "-", "60", 1, "-", "2026-04-16")
        .shipped("SH1", "C3", "South", "2026-04-20", "40")
        .credit(
            "C3",
            "EXPOSURE",
            "SHIPPED_NOT_INVOICED",
            "SH1",
            "-",
            "-",
            "-",
            "40",
            0,
            "-",
            "2026-04-20")
        .credit("C3", "ALERT", "-", "-", "-", "OVER_LIMIT", "RAISED", "262", 1, "-", "2026-04-20")
        .contacted("AD0", "C1", "2026-04-16 09:59:59", "poster")
        .waits("C1", "AD0", "2026-04-16 09:59:59", "outdoor")
        .contacted("AD1", "C1", "2026-04-17 10:00:00", " Billboard ")
        .contacted("AD2", "C1", "2026-04-18 10:00:00", "carrier pigeon")
        .contacted("AD3", "C1", "2026-04-19 09:00:00", "peer")
        .browsed("WEB1", "C2", "2026-04-19 10:00:00", "Direct", "-")
        .deposited("D1", "C2", "2026-04-20 10:00:00", "100")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "AD1",
            "2026-04-17 10:00:00",
            "outdoor",
            "1, 0, 0, 1, 1, 0.333334, 0.4, 0.142857, 0.75",
            1,
            "100, 0, 0, 100, 100, 33.34, 40, 14.29, 75",
            "2026-04-20")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "AD2",
            "2026-04-18 10:00:00",
            "unmapped",
            "0, 0, 1, 0, 0, 0.333333, 0.2, 0.285714, 0.125",
            1,
            "0, 0, 100, 0, 0, 33.33, 20, 28.57, 12.5",
            "2026-04-20")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "WEB1",
            "2026-04-19 10:00:00",
            "site",
            "0, 1, 0, 0, 0, 0.333333, 0.4, 0.571429, 0.125",
            1,
            "0, 100, 0, 0, 0, 33.33, 40, 57.14, 12.5",
            "2026-04-20")
        // half of it: what is left is split anew, and the differences count on their own day
        .depositReturned("D1", "C2", "2026-05-01 09:00:00", "50")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "AD1",
            "2026-04-17 10:00:00",
            "outdoor",
            "0, 0, 0, 0, 0, 0, 0, 0, 0",
            0,
            "-50, 0, 0, -50, -50, -16.67, -20, -7.15, -37.5",
            "2026-05-01")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "AD2",
            "2026-04-18 10:00:00",
            "unmapped",
            "0, 0, 0, 0, 0, 0, 0, 0, 0",
            0,
            "0, 0, -50, 0, 0, -16.66, -10, -14.28, -6.25",
            "2026-05-01")
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "WEB1",
            "2026-04-19 10:00:00",
            "site",
            "0, 0, 0, 0, 0, 0, 0, 0, 0",
            0,
            "0, -50, 0, 0, 0, -16.67, -20, -28.57, -6.25",
            "2026-05-01")
        .deposited("D2", "C3", "2026-04-21 10:00:00", "50")
        .attributed(
            "C3",
            "D2",
            "2026-04-21 10:00:00",
            "-",
            "-",
            "-",
            "1, 1, 1, 1, 1, 1, 1, 1, 1",
            0,
            "50, 50, 50, 50, 50, 50, 50, 50, 50",
            "2026-04-21")
        // given back in full: what was posted is taken back, and both are one cut's
        .deposited("D3", "C3", "2026-04-22 10:00:00", "30")
        .depositReturned("D3", "C3", "2026-04-23 10:00:00", "30")
        .channelCost("cost-3", 0, "poster", "spring", "North West", "2026-04-05", "9.50", "CNY")
        .channelCost("cost-3", 1, "poster", "spring", "North West", "2026-04-05", "12.50", "CNY")
        .superseded("promotions", "cost-3", 0)
        .publish(6, "2026-05-03 00:00:00", "2026-05-01 00:00:00", "acme", "2026-05-01")
        // what comes then is in files and snapshots of its own, for upkeep
        .writeTo(sql);

    story
        .timeline(3, 3_000_000_000L, Long.MAX_VALUE)
        .in(3, 1)
        .publishWhatIf("false", "2026-05-04 00:00:00", "2026-05-01 00:00:00", "acme", "2026-05-01")
        .named("too early")
        .in(3, 2)
        .publishWhatIf("true", "2026-05-04 00:01:00", "2026-05-01 00:00:00", "acme", "2026-05-01")
        .named("softer terms")
        .in(3, 3)
        .publishWhatIf("null", "2026-05-04 00:02:00", "2026-05-01 00:00:00", "acme", "2026-05-01");
    collect(story.timeline(4, 4_000_000_000L, Long.MAX_VALUE).in(4, 1));
    story.publishWhatIf("true", "2026-05-05 00:00:00", "2026-03-10 00:00:00", "acme", "2026-03-10");
    journeys(story.timeline(5, 5_000_000_000L, Long.MAX_VALUE).in(5, 1));
    story
        .publishWhatIf("true", "2026-05-06 00:00:00", "2026-05-01 00:00:00", "acme", "2026-05-01")
        .in(5, 2)
        .attributed(
            "C1",
            "N1",
            "2026-03-10 10:00:00",
            "N1-late",
            "2026-03-10 00:30:00",
            "b",
            "0, 0, 0, 0, 0, 0, 0, 0, 0",
            1,
            "0, 0, 0, 0, 0, 0, 0, 0, 0",
            "2026-03-10")
        .publishWhatIf("true", "2026-05-06 00:01:00", "2026-05-01 00:00:00", "acme", "2026-05-01")
        .timeline(6, 5_000_000_000L, NINE_PATHS)
        .timeline(6, 6_000_000_000L, Long.MAX_VALUE)
        .in(6, 1)
        .publishWhatIf("true", "2026-05-06 00:02:00", "2026-05-01 00:00:00", "acme", "2026-05-01");
    spend(story.timeline(7, 7_000_000_000L, Long.MAX_VALUE).in(7, 1));
    story
        .publishWhatIf("true", "2026-05-07 00:00:00", "2026-03-31 00:00:00", "acme", "2026-03-31")
        .writeTo(sql);
  }

  /**
   * In March nine paths and a conversion without one, in April two paths, of which one has lost.
   */
  private static void journeys(Story story) {
    List<String> paths = List.of("a", "a b", "a b c", "b", "b a", "b c a", "c", "c a", "c b a");
    for (int i = 0; i < paths.size(); i++) {
      converted(story, i < 3 ? "C1" : "C3", "N" + (i + 1), "2026-03-10", "-", paths.get(i));
    }
    converted(story, "C1", "N10", "2026-04-10", "-", "b");
    converted(story, "C3", "N11", "2026-04-10", "x", "a");
    converted(story, "C3", "N12", "2026-04-10", "x", "a");
    converted(story, "C3", "N13", "2026-04-10", "y", "a");
    story
        .attributed(
            "C3",
            "N14",
            "2026-03-10 10:00:00",
            "-",
            "-",
            "-",
            "1, 1, 1, 1, 1, 1, 1, 1, 1",
            0,
            "5, 5, 5, 5, 5, 5, 5, 5, 5",
            "2026-03-10")
        .waits("C1", "L1", "2026-04-11 10:00:00", "b");
  }

  /** A conversion of 3.00, after touches of these channels an hour apart. */
  private static void converted(
      Story story, String customer, String deposit, String day, String campaign, String path) {
    List<String> channels = List.of(path.split(" ", -1));
    List<String> linear =
        switch (channels.size()) {
          case 1 -> List.of("1");
          case 2 -> List.of("0.5", "0.5");
          default -> List.of("0.333334", "0.333333", "0.333333");
        };
    List<String> linearRevenue =
        switch (channels.size()) {
          case 1 -> List.of("3");
          case 2 -> List.of("1.5", "1.5");
          default -> List.of("1", "1", "1");
        };
    for (int i = 0; i < channels.size(); i++) {
      int first = i == 0 ? 1 : 0;
      int last = i == channels.size() - 1 ? 1 : 0;
      String models = "%1$s, %2$s, %2$s, %1$s, %2$s, %4$s, %1$s, %2$s, %3$s";
      story.attributed(
          customer,
          deposit,
          day + " 10:00:00",
          deposit + "-" + i,
          day + " 0" + (i + 1) + ":00:00",
          channels.get(i),
          campaign,
          models.formatted(first, last, first, linear.get(i)),
          1,
          models.formatted(3 * first, 3 * last, 3 * first, linearRevenue.get(i)),
          day);
    }
  }

  /** Costs and contracts of three months in three currencies, read on March 31. */
  private static void spend(Story story) {
    story
        .rate("rate-1", 0, "USD", "CNY", "2026-01-01", "7")
        .rate("rate-2", 0, "USD", "CNY", "2026-02-15", "7.9")
        .rate("rate-2", 1, "USD", "CNY", "2026-02-15", "7.2")
        .rate("rate-3", 0, "USD", "CNY", "2026-04-01", "9")
        // corrected; without a region; of no channel; of another region than at first; to come
        .channelCost("sp-1", 0, " Billboard ", "spring", "North West", "2026-01-05", "100", "CNY")
        .channelCost("sp-1", 1, " Billboard ", "spring", "North West", "2026-01-05", "340", "CNY")
        .channelCost("sp-2", 0, "site", "-", "-", "2026-01-10", "10", "USD")
        .channelCost("sp-3", 0, "carrier pigeon", "-", "South", "2026-02-03", "30", "CNY")
        .channelCost("sp-4", 0, "outdoor", "spring", "South", "2026-02-10", "10", "USD")
        .channelCost("sp-5", 0, "site", "-", "South", "2026-03-01", "20", "EUR")
        .channelCost("sp-6", 0, "outdoor", "-", "North West", "2026-03-02", "50", "CNY")
        .channelCost("sp-6", 1, "outdoor", "-", "South", "2026-03-02", "50", "CNY")
        .channelCost("sp-7", 0, "outdoor", "spring", "North West", "2026-04-01", "999", "CNY")
        // by its contacts; of two channels; of none
        .planned("P5", "Fair", "'billboard'", "2026-02-01", "60")
        .contacted("K1", "C1", "P5", "2026-02-05 10:00:00", "billboard")
        .contacted("K2", "C1", "P5", "2026-02-05 11:00:00", "site")
        .contacted("K3", "C3", "P5", "2026-02-05 12:00:00", "Site")
        .cost("sp-p5", "P5", "MEDIA", "North West", "2026-02-05", "60")
        .planned("P6", "Autumn", "'billboard', 'site'", "2026-02-01", "5")
        .cost("sp-p6", "P6", "FEE", null, "2026-02-06", "5")
        .planned("P7", "Winter", "'handbill'", "2026-02-01", "7")
        .cost("sp-p7", "P7", "GOODS", "South", "2026-02-07", "7")
        // among the costs of its promotion; by itself
        .advertised("ad-1", "P5", "North West", "outdoor", "2026-02-08", "1000")
        .advertised("ad-2", "-", "North West", "poster", "2026-03-10", "40")
        // two touches, and a refund in a later month
        .earned(
            "C1",
            "X1",
            "2026-01-20 10:00:00",
            "outdoor",
            "spring",
            "1, 0, 1, 1, 1, 0.5, 0.5, 0.5, 0.5",
            "CNY",
            "300, 0, 300, 300, 300, 150, 150, 150, 150",
            "2026-01-20")
        .earned(
            "C1",
            "X1",
            "2026-01-20 10:00:00",
            "site",
            "-",
            "0, 1, 0, 0, 0, 0.5, 0.5, 0.5, 0.5",
            "CNY",
            "0, 300, 0, 0, 0, 150, 150, 150, 150",
            "2026-01-20")
        .earned(
            "C1",
            "X1",
            "2026-01-20 10:00:00",
            "outdoor",
            "spring",
            inEveryModel("0"),
            "CNY",
            "-100, 0, -100, -100, -100, -50, -50, -50, -50",
            "2026-03-15")
        .earned(
            "C1",
            "X1",
            "2026-01-20 10:00:00",
            "site",
            "-",
            inEveryModel("0"),
            "CNY",
            "0, -100, 0, 0, 0, -50, -50, -50, -50",
            "2026-03-15");
    signed(story, "C1", "X2", "2026-02-12", "outdoor", "spring", "CNY", "45");
    signed(story, "C3", "X3", "2026-02-20", "outdoor", "spring", "USD", "100");
    signed(story, "C9", "X4", "2026-02-25", "site", "-", "EUR", "40");
    signed(story, "C1", "X5", "2026-03-05", "site", "-", "CNY", "50");
    signed(story, "C2", "X6", "2026-03-20", "-", "-", "CNY", "80");
    // given up in full before another: the second one acquires the customer
    signed(story, "C2", "X0", "2026-02-01", "outdoor", "spring", "CNY", "500");
    story
        .earned(
            "C2",
            "X0",
            "2026-02-01 10:00:00",
            "outdoor",
            "spring",
            inEveryModel("-1"),
            "CNY",
            inEveryModel("-500"),
            "2026-02-28")
        // four fifths of what fell due were paid in time
        .credit("C1", "GRADE", "COLLECTION_RATE", "-", "B", "-", "-", "0", 1, "-", "2026-02-01")
        .credit("C1", "FELL_DUE", "-", "I", "-", "-", "-", "100", 0, "2026-02-01", "2026-02-01")
        .credit("C1", "PAID_IN_TIME", "-", "I", "-", "-", "-", "80", 0, "2026-02-01", "2026-02-01");
  }

  private static String inEveryModel(String amount) {
    return String.join(", ", Collections.nCopies(9, amount));
  }

  /** A contract after one touch, or none. */
  private static void signed(
      Story story,
      String customer,
      String contract,
      String day,
      String channel,
      String campaign,
      String currency,
      String value) {
    story.earned(
        customer,
        contract,
        day + " 10:00:00",
        channel,
        campaign,
        inEveryModel("1"),
        currency,
        inEveryModel(value),
        day);
  }

  /** Invoices B1 to B7, read on March 10; each is about one boundary. */
  private static void collect(Story story) {
    story
        .staff("s-1", "Sue")
        .contract("K1", 0, "East", "2026-01-14", "899", "100")
        .contract("K1", 1, "East", "2026-01-15", "900", "100")
        .contractChanged("K1", "2026-02-01", "1000", "100")
        .contract("K2", 0, "East", "2026-01-31", "450", "50")
        .contractEnded("K2", "2026-02-20")
        // signed on the day itself, changed on the next
        .contract("K3", 0, "West", "2026-03-10", "9", "1")
        .contractChanged("K3", "2026-03-11", "20", "0");
    // paid on its due day, one day late, and after the day that is read
    receivable(
        story.invoiceOf("B1", 0, "K1", "s-1", "2026-01-20"),
        "INVOICE",
        "B1",
        "B1",
        "300",
        "2026-01-20",
        "2026-02-19");
    paid(story, "Q1", "B1", "200", "2026-02-19", "2026-02-19");
    paid(story, "Q2", "B1", "60", "2026-02-20", "2026-02-19");
    paid(story, "Q7", "B1", "36", "2026-03-11", "2026-02-19");
    receivable(story, "ADJUSTMENT", "AD1", "B1", "-4", "2026-03-06", "2026-02-19");
    // due on the day itself; billed on the fifth day before the end of the month, when an alert was
    // raised
    receivable(
        story.invoiceOf("B2", 0, "K1", "s-1", "2026-02-24"),
        "INVOICE",
        "B2",
        "B2",
        "100",
        "2026-02-24",
        "2026-03-10");
    // billed on the sixth; credited in part; what paid it in time bounced after the due day
    receivable(
        story.invoiceOf("B3", 0, "K1", "s-2", "2026-02-23"),
        "INVOICE",
        "B3",
        "B3",
        "80",
        "2026-02-23",
        "2026-03-05");
    receivable(story, "CREDIT_NOTE", "CN9", "B3", "-10", "2026-03-01", "2026-03-05");
    paid(story, "Q3", "B3", "50", "2026-03-01", "2026-03-05");
    receivable(story, "REVERSAL", "Q3", "B3", "50", "2026-03-08", "2026-03-05");
    story.posts("D1", "CASH", "REVERSAL", "Q3", "Q3", "-", "-", "-50", "2026-03-08", "-", "RQ3");
    // cancelled when it was partly paid; the money is paid back, and 7 more than there was
    receivable(
        story.invoiceOf("B4", 0, "-", "s-2", "2026-02-25"),
        "INVOICE",
        "B4",
        "B4",
        "90",
        "2026-02-25",
        "2026-03-31");
    paid(story, "Q4", "B4", "30", "2026-03-02", "2026-03-31");
    receivable(story, "RELEASE", "Q4", "B4", "30", "2026-03-04", "2026-03-31");
    receivable(story, "CANCELLATION", "B4", "B4", "-90", "2026-03-04", "2026-03-31");
    story
        .posts(
            "D1", "UNAPPLIED_CASH", "RELEASE", "Q4", "Q4", "-", "-", "-30", "2026-03-04", "-", "X4")
        .posts(
            "D1", "UNAPPLIED_CASH", "REFUND", "Q4", "Q4", "-", "-", "30", "2026-03-05", "-", "R1")
        .posts(
            "D1",
            "RECEIVABLE",
            "REFUND",
            "R1",
            "R1",
            "-",
            "-",
            "7",
            "2026-03-05",
            "2026-03-05",
            "R1")
        .posts("D1", "CASH", "REFUND", "R1", "R1", "-", "-", "-37", "2026-03-05", "-", "R1");
    // written off in part; nobody sold it
    story
        .invoiceOf("B5", 0, "-", "-", "2026-02-10")
        .posts(
            "D1",
            "RECEIVABLE",
            "INVOICE",
            "B5",
            "B5",
            "-",
            "West",
            "70",
            "2026-02-10",
            "2026-02-28",
            "B5")
        .posts(
            "D1",
            "RECEIVABLE",
            "PAYMENT",
            "Q5",
            "B5",
            "-",
            "West",
            "-45",
            "2026-03-01",
            "2026-02-28",
            "Q5")
        .posts("D1", "CASH", "PAYMENT", "Q5", "Q5", "-", "-", "45", "2026-03-01", "-", "Q5")
        .posts(
            "D1",
            "RECEIVABLE",
            "WRITE_OFF",
            "W1",
            "B5",
            "-",
            "West",
            "-20",
            "2026-03-03",
            "2026-02-28",
            "W1");
    // corrected: not billed at the end of the month, and not by s-2
    receivable(
        story.invoiceOf("B6", 0, "K2", "s-2", "2026-02-27"),
        "INVOICE",
        "B6",
        "B6",
        "11",
        "2026-02-27",
        "2026-03-09");
    receivable(
        story.invoiceOf("B6", 1, "K2", "s-1", "2026-02-02"),
        "INVOICE",
        "B6",
        "B6",
        "-11",
        "2026-02-27",
        "2026-03-09");
    receivable(story, "INVOICE", "B6", "B6", "11", "2026-02-02", "2026-03-09");
    paid(story, "Q6", "B6", "11", "2026-03-09", "2026-03-09");
    // in dollars, on the day on which the alert was cleared
    story.currency("USD");
    receivable(
        story.invoiceOf("B7", 0, "-", "s-1", "2026-03-01"),
        "INVOICE",
        "B7",
        "B7",
        "1000",
        "2026-03-01",
        "2026-03-02");
    story
        .currency("CNY")
        .credit("D1", "ALERT", "-", "-", "-", "OVER_LIMIT", "RAISED", "481", 1, "-", "2026-02-24")
        .credit("D1", "ALERT", "-", "-", "-", "OVER_LIMIT", "CLEARED", "300", 1, "-", "2026-03-01")
        // of one component alone, which is no breach of the whole
        .credit(
            "D1", "ALERT", "OVERDUE", "-", "-", "OVER_LIMIT", "RAISED", "9", 1, "-", "2026-01-20");
  }

  private static void receivable(
      Story story,
      String entry,
      String document,
      String item,
      String amount,
      String day,
      String due) {
    story.posts(
        "D1",
        "RECEIVABLE",
        entry,
        document,
        item,
        "-",
        "East",
        amount,
        day,
        due,
        document + entry + day);
  }

  private static void paid(
      Story story, String payment, String item, String amount, String day, String due) {
    receivable(story, "PAYMENT", payment, item, "-" + amount, day, due);
    story.posts("D1", "CASH", "PAYMENT", payment, payment, "-", "-", amount, day, "-", payment);
  }

  private static List<String> at(long cut, String mart, String columns, String order) {
    return read(MartSql.render(mart, String.valueOf(cut), MartSql.LATEST_CLOSE), columns, order);
  }

  private static List<String> alerts(long from, long to) {
    return AlertChange.between(url, from, to).stream()
        .map(
            change ->
                "%s %s %s %s %s %s"
                    .formatted(
                        change.kind(),
                        change.customerId(),
                        change.alert(),
                        change.step(),
                        change.effectiveOn(),
                        change.exposure().stripTrailingZeros().toPlainString()))
        .toList();
  }

  private static void everyMart(BiConsumer<ViewDefinition, Sql> look) {
    everyView(
        TrinoServer.ADMIN,
        (view, reader) -> {
          if (view.metadata().kind() == Kind.MART) {
            look.accept(view, reader);
          }
        });
  }

  /** Some at a time: planning a query takes one processor only. */
  private static void everyView(String user, BiConsumer<ViewDefinition, Sql> look) {
    Definitions.load().views().parallelStream()
        .forEach(
            view -> {
              try (Sql reader = Sql.open(trino.jdbcUrl(user))) {
                look.accept(view, reader);
              }
            });
  }

  private static List<String> read(String mart, String columns, String order) {
    return read(sql, mart, columns, order);
  }

  private static List<String> read(Sql reader, String mart, String columns, String order) {
    return reader
        .query("select %s from (%n%s%n) m order by %s".formatted(columns, mart, order))
        .stream()
        .map(
            row ->
                row.values().stream()
                    .map(
                        value ->
                            value instanceof java.math.BigDecimal amount
                                ? (amount.signum() == 0
                                    ? "0"
                                    : amount.stripTrailingZeros().toPlainString())
                                : String.valueOf(value))
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  @Test
  @Order(1)
  void applyingTwiceChangesNothingTheSecondTime() {
    assertThat(firstApply).isPositive();
    assertThat(Warehouse.apply(url)).isZero();
  }

  @Test
  @Order(1)
  void aLakeThatIsKnownIsLookedAtAgainOnlyWhenSomethingIsMissing() {
    Path stamp = directory.resolve("applied");
    assertThat(Warehouse.applyUnless(stamp, url, catalog::describe)).isZero();
    assertThat(stamp).exists();

    sql.run("comment on table ops.rejected is 'somebody wrote this'");
    assertThat(Warehouse.applyUnless(stamp, url, catalog::describe))
        .as("folders and names are the same")
        .isZero();
    assertThat(Warehouse.apply(url)).as("a full look").isEqualTo(1);

    sql.run("drop view mart.cut_list");
    assertThat(Warehouse.applyUnless(stamp, url, catalog::describe)).isEqualTo(1);
    sql.run("drop view mart.cut_list");
    assertThatCode(() -> Files.writeString(stamp, "another version")).doesNotThrowAnyException();
    assertThat(Warehouse.applyUnless(stamp, url, catalog::describe)).isEqualTo(1);
  }

  @Test
  @Order(1)
  void aColumnThatIsMissingIsAdded() {
    sql.run("alter table ops.rejected drop column source_line");
    sql.run("alter table raw.customers drop column customer_split.reason");
    assertThat(Warehouse.apply(url)).isEqualTo(2);
    assertThat(sql.query("select source_line from ops.rejected")).hasSize(1);
    assertThat(sql.query("select customer_split.reason from raw.customers")).hasSize(6);
  }

  @Test
  @Order(1)
  void aTableOfTheJobIsDescribedInOneCommit() throws IOException {
    int commits = leaveUndescribed(RECEIVABLES);
    assertThat(Warehouse.applyUnless(directory.resolve("job"), url, catalog::describe))
        .isEqualTo(1);
    assertThat(commits(RECEIVABLES) - commits).isEqualTo(1);
    assertDescribed(RECEIVABLES);
    assertThat(Warehouse.apply(url)).isZero();
  }

  @Test
  @Order(1)
  void aTableOfTheJobIsDescribedThroughTrino() throws IOException {
    leaveUndescribed(RECEIVABLES);
    assertThat(Warehouse.apply(url)).isEqualTo(1);
    assertDescribed(RECEIVABLES);
    assertThat(Warehouse.apply(url)).isZero();
  }

  @Test
  @Order(1)
  void anotherSentenceGivesWayToThatOfTheFolder() {
    sql.run("comment on column ledger.receivables.\"amount\" is 'somebody wrote this'");
    assertThat(Warehouse.applyUnless(directory.resolve("column"), url, catalog::describe))
        .isEqualTo(1);
    assertDescribed(RECEIVABLES);

    sql.run("comment on table ledger.receivables is 'somebody wrote this'");
    assertThat(Warehouse.applyUnless(directory.resolve("table"), url, catalog::describe))
        .isEqualTo(1);
    assertDescribed(RECEIVABLES);
    assertThat(Warehouse.apply(url)).isZero();
  }

  /** Makes a table what a job makes; returns its {@link #commits}. */
  private static int leaveUndescribed(TableIdentifier identifier) throws IOException {
    try (RESTCatalog client = client()) {
      Table table = client.loadTable(identifier);
      UpdateSchema schema = table.updateSchema();
      table.schema().columns().forEach(column -> schema.updateColumnDoc(column.name(), null));
      schema.commit();
      table.updateProperties().remove("comment").commit();
    }
    assertThat(sentences(identifier).values()).containsOnlyNulls();
    return commits(identifier);
  }

  private static void assertDescribed(TableIdentifier identifier) {
    TableMetadata metadata =
        Definitions.load().tables().stream()
            .filter(table -> table.qualifiedName().equals(identifier.toString()))
            .findFirst()
            .orElseThrow()
            .metadata();
    assertThat(sentences(identifier)).isEqualTo(metadata.columns());
    assertThat(
            sql.query(
                "select comment from system.metadata.table_comments where catalog_name = current_catalog and schema_name = '%s' and table_name = '%s'"
                    .formatted(identifier.namespace(), identifier.name())))
        .extracting(row -> row.string(1))
        .containsExactly(metadata.description());
  }

  private static Map<String, String> sentences(TableIdentifier identifier) {
    Map<String, String> sentences = new LinkedHashMap<>();
    sql.query(
            "select column_name, remarks from system.jdbc.columns where table_cat = current_catalog and table_schem = '%s' and table_name = '%s'"
                .formatted(identifier.namespace(), identifier.name()))
        .forEach(row -> sentences.put(row.string(1), row.string(2)));
    return sentences;
  }

  private static int commits(TableIdentifier identifier) throws IOException {
    try (RESTCatalog client = client()) {
      return ((HasTableOperations) client.loadTable(identifier))
          .operations()
          .current()
          .previousFiles()
          .size();
    }
  }

  private static RESTCatalog client() {
    RESTCatalog client = new RESTCatalog();
    client.initialize(
        "lake", Map.of("uri", catalog.uri(), "io-impl", HadoopFileIO.class.getName()));
    return client;
  }

  @Test
  @Order(1)
  void columnsAreThoseOfTheFolders() {
    for (TableDefinition table : Definitions.load().tables()) {
      Set<String> declared =
          table.columns().stream()
              .map(TableDefinition.Column::name)
              .collect(Collectors.toCollection(java.util.TreeSet::new));
      assertThat(columns(table.namespace(), table.name()))
          .as(table.qualifiedName())
          .isEqualTo(declared);
    }
    for (ViewDefinition view : Definitions.load().views()) {
      assertThat(columns(view.namespace(), view.name()))
          .as(view.qualifiedName())
          .isEqualTo(new java.util.TreeSet<>(view.metadata().columns().keySet()));
    }
  }

  private static Set<String> columns(String namespace, String name) {
    return sql
        .query(
            "select column_name from information_schema.columns where table_schema = '%s' and table_name = '%s'"
                .formatted(namespace, name))
        .stream()
        .map(row -> row.string(1))
        .collect(Collectors.toCollection(java.util.TreeSet::new));
  }

  @Test
  @Order(2)
  void promotionsShowCostSalesAndParticipantsOfTheirCut() {
    String columns =
        "name, media, cost_media, cost, planned_cost, participants, sale_lines, units, sales, gross_profit, collected, output_input, roi";
    assertThat(at(SALES, "promotion_result", columns, "promotion_id"))
        .containsExactly(
            "Spring Radio, TV 100.01 100.01 100 3 3 4 120 60 30 1.19988 -0.40006",
            "Summer TV 0 10 50 0 0 0 0 0 0 0 -1",
            "no promotion  0 0 0 0 1 1 5 3 0 null null");
    assertThat(at(PAID, "promotion_result", "name, cost_of_goods, collected", "promotion_id"))
        .containsExactly("Spring 62 50", "Summer 0 0", "no promotion 2 13.33");
    assertThat(at(FORKED_AWAY, "promotion_result", "name, collected", "promotion_id"))
        .containsExactly("Spring 100", "Summer 0", "no promotion 13.33");
    assertThat(at(MERGED, "promotion_result", "name, participants, collected", "promotion_id"))
        .containsExactly("Spring 2 63.33", "Summer 0 0", "no promotion 0 0");
    assertThat(at(NEWEST, "promotion_result", "name, collected, credited", "promotion_id"))
        .containsExactly("Spring 140 0", "Summer 0 0", "no promotion 123 28");
  }

  @Test
  @Order(2)
  void anAsOfDateLeavesOutWhatWasNotYetTrue() {
    String mart = MartSql.render("promotion_result", "" + NEWEST, "date '2026-01-10'");
    assertThat(read(mart, "as_of, name, cost, sales, collected, planned_cost", "promotion_id"))
        .containsExactly(
            "2026-01-10 Spring 100.01 60 0 100",
            "2026-01-10 Summer 10 0 0 50",
            "2026-01-10 no promotion 0 5 0 0");
    assertThat(
            read(MartSql.render("open_item", "" + NEWEST, "date '2030-01-01'"), "max(as_of)", "1"))
        .as("never beyond the latest close")
        .containsExactly("2026-05-01");
  }

  @Test
  @Order(2)
  void aCostWithoutRegionIsSpreadByCodedSalesToTheCent() {
    assertThat(at(SALES, "promotion_region", "promotion_id, region, spread_cost, cost", "1, 2"))
        .containsExactly(
            "P1 North West 50.01 50.01", "P1 South 25 25", "P1 West 25 25", "P2 South 0 10");
  }

  @Test
  @Order(2)
  void promotionsAddUpByMediaByMonthAndInTotal() {
    assertThat(at(NEWEST, "promotion_media", "media, promotions, cost, sales", "1"))
        .containsExactly("Radio, TV 1 100.01 120", "TV 1 10 0");
    assertThat(at(NEWEST, "promotion_month", "month, closed, cost, sales, collected", "1"))
        .containsExactly(
            "2026-01-01 true 110.01 120 30",
            "2026-02-01 true 0 0 33.33",
            "2026-03-01 true 0 0 76.67");
    assertThat(
            at(
                NEWEST,
                "promotion_total",
                "promotions, cost, participations, sales, collected, cardinality(months), array_join(slice(sales_by_month, 8, 5), ' ')",
                "1"))
        .containsExactly("2 110.01 2 120 140 12 120.000000 0.000000 0.000000 0.000000 0.000000");
    assertThat(at(NEWEST, "promotion_posting", "sum(collected)", "1")).containsExactly("263");
  }

  @Test
  @Order(2)
  void bucketsIncludeBothTheirEnds() {
    assertThat(at(MERGED, "open_item", "invoice_id, days_overdue, bucket, open", "days_overdue, 1"))
        .containsExactly(
            "I1 0 not due 1",
            "I2 1 1–30 2",
            "I3 30 1–30 4",
            "I4 31 31–60 8",
            "I5 60 31–60 16",
            "I6 61 61–90 32",
            "A1 76 61–90 100",
            "A2 80 61–90 16.67",
            "I7 90 61–90 64",
            "I8 91 90+ 128");
  }

  @Test
  @Order(2)
  void openItemsAreThoseOfTheirCutAndTimeline() {
    String columns = "invoice_id, customer, billed, credited, collected, open";
    assertThat(at(PAID, "open_item", columns, "1").subList(0, 2))
        .containsExactly("A1 Ann 100 0 33.33 66.67", "A2 Ann B 50 0 0 50");
    assertThat(at(FORKED_AWAY, "open_item", columns, "1").get(0)).startsWith("A1 ");
    assertThat(at(FORKED_AWAY, "open_item", columns, "1").get(1)).startsWith("I1 ");
    assertThat(at(MERGED, "open_item", columns, "1").subList(0, 2))
        .containsExactly("A1 Ann 100 0 0 100", "A2 Ann 50 0 33.33 16.67");
    assertThat(at(NEWEST, "open_item", columns, "1"))
        .hasSize(8)
        .last()
        .isEqualTo("I8 Cid 128 28 0 100");
  }

  @Test
  @Order(2)
  void debtorsShowWhatWaitsBesideWhatIsOpen() {
    String columns =
        "customer, region, open_items, oldest_due_on, days_overdue, outstanding, overdue, overdue_90, unapplied_cash, free_credit, net";
    assertThat(at(NEWEST, "debtor", columns, "customer_id"))
        .containsExactly(
            "Ann North West 0 null 0 0 0 0 0.33 0 -0.33",
            "Cid South 8 2026-01-30 91 227 226 100 0 5 222");
    assertThat(
            at(
                NEWEST,
                "receivable_total",
                "debtors, debtors_overdue, open_items, outstanding, overdue, net, cardinality(days), element_at(overdue_90_by_month, -1)",
                "1"))
        .containsExactly("1 1 8 227 226 221.67 5 100");
  }

  @Test
  @Order(2)
  void theRollForwardOfTheMonthEndsAtWhatIsOutstanding() {
    assertThat(
            read(
                MartSql.render("receivable_roll", "" + NEWEST, "date '2026-04-30'")
                    .transform(
                        mart ->
                            "select r.step, r.step_no, sum(r.amount) as amount from (\n"
                                + mart
                                + "\n) r group by 1, 2"),
                "step, amount",
                "step_no"))
        .containsExactly(
            "opening 255",
            "billed 83",
            "collected from arrears -7",
            "collected from others -83",
            "credited -28",
            "bounced and paid back 7",
            "closing 227");
  }

  @Test
  @Order(2)
  void whatFellDueIsComparedWithWhatWasPaidInTime() {
    assertThat(
            at(
                NEWEST,
                "collection_month",
                "month, region, outstanding, billed, billed_3_months, days_3_months, fell_due, paid_in_time, paid, collected, money_in",
                "region, month"))
        .containsExactly(
            "2026-01-01 North West 100 100 100 30 0 0 0 0 null",
            "2026-02-01 North West 100 0 100 58 100 0 100 0 null",
            "2026-03-01 North West 0 0 100 89 0 0 0 100 null",
            "2026-04-01 North West 0 0 0 89 0 0 0 0 null",
            "2026-05-01 North West 0 0 0 62 0 0 0 0 null",
            "2026-01-01 South 305 305 305 30 164 0 0 0 null",
            "2026-02-01 South 271.67 0 305 58 50 33.33 50 33.33 null",
            "2026-03-01 South 255 0 305 89 56 0 0 16.67 null",
            "2026-04-01 South 227 55 55 89 6 0 0 83 null",
            "2026-05-01 South 227 0 55 62 1 0 0 0 null",
            "2026-01-01 null 0 0 0 30 0 0 0 0 0",
            "2026-02-01 null 0 0 0 58 0 0 0 0 33.33",
            "2026-03-01 null 0 0 0 89 0 0 0 0 200",
            "2026-04-01 null 0 0 0 89 0 0 0 0 0",
            "2026-05-01 null 0 0 0 62 0 0 0 0 0");
    assertThat(
            at(
                COLLECTING,
                "collection_month",
                "month, region, currency, outstanding, billed, billed_3_months, days_3_months, fell_due, paid_in_time, paid, collected, money_in",
                "currency, region, month"))
        .containsExactly(
            "2026-01-01 East CNY 300 300 300 12 0 0 0 0 null",
            "2026-02-01 East CNY 321 281 581 40 296 200 260 260 null",
            "2026-03-01 East CNY 206 -100 481 50 181 11 11 11 null",
            "2026-01-01 West CNY 0 0 0 12 0 0 0 0 null",
            "2026-02-01 West CNY 70 70 70 40 70 0 45 0 null",
            "2026-03-01 West CNY 5 0 70 50 0 0 0 45 null",
            "2026-01-01 null CNY 0 0 0 12 0 0 0 0 0",
            "2026-02-01 null CNY 0 0 0 40 0 0 0 0 260",
            "2026-03-01 null CNY 7 0 0 50 7 0 0 -7 49",
            "2026-01-01 East USD 0 0 0 12 0 0 0 0 null",
            "2026-02-01 East USD 0 0 0 40 0 0 0 0 null",
            "2026-03-01 East USD 1000 1000 1000 50 1000 0 0 0 null");
  }

  @Test
  @Order(2)
  void whatIsNotYetDueOrNotYetPaidIsNotCollected() {
    assertThat(
            read(
                MartSql.render("collection_month", "" + COLLECTING, "date '2026-02-19'"),
                "month, day, region, fell_due, paid_in_time, collected",
                "region, currency, month"))
        .containsExactly(
            "2026-01-01 2026-01-31 East 0 0 0",
            "2026-02-01 2026-02-19 East 300 200 200",
            "2026-01-01 2026-01-31 West 0 0 0",
            "2026-02-01 2026-02-19 West 0 0 0",
            "2026-01-01 2026-01-31 null 0 0 0",
            "2026-02-01 2026-02-19 null 0 0 0");
  }

  @Test
  @Order(2)
  void sellersAreSetBesideHowTheirInvoicesArePaid() {
    assertThat(
            at(
                COLLECTING,
                "seller_credit",
                "staff_id, seller, currency, invoices, billed, open, overdue, fell_due, paid_in_time, billed_over_limit, billed_at_month_end",
                "staff_id, currency"))
        .containsExactly(
            "s-1 Sue CNY 3 411 136 36 407 211 100 100",
            "s-1 Sue USD 1 1000 1000 1000 1000 0 1000 0",
            "s-2 s-2 CNY 2 70 70 70 70 0 0 0",
            "null null CNY 1 70 5 5 70 0 0 0");
  }

  @Test
  @Order(2)
  void contractsAreSetBesideTheMoneyInHand() {
    assertThat(
            at(
                COLLECTING,
                "contract_collection",
                "month, region, contracts, ended, contracted, given_up, billed, collected, collected_days, kept",
                "month"))
        .containsExactly(
            // 200 after 35 days and 60 after 36; what bounced was never there
            "2026-01-01 East 2 1 1100 500 470 260 9160 11", "2026-03-01 West 1 0 10 0 0 0 0 0");
    assertThat(
            read(
                MartSql.render("contract_collection", "" + COLLECTING, "date '2026-01-31'"),
                "month, contracts, ended, contracted, billed, collected",
                "month"))
        .as("before it was changed, and before the other ended")
        .containsExactly("2026-01-01 2 0 1500 300 0");
  }

  @Test
  @Order(2)
  void collectionAgreesWithAgeingAndWithTheRollForward() {
    String months = "select m.day, sum(m.outstanding) as outstanding from (\n%s\n) m group by 1";
    assertThat(
            read(
                months.formatted(
                    MartSql.render("collection_month", "" + NEWEST, MartSql.LATEST_CLOSE)),
                "day, outstanding",
                "day"))
        .isNotEmpty()
        .isEqualTo(
            read(
                months.formatted(MartSql.render("ageing_month", "" + NEWEST, MartSql.LATEST_CLOSE)),
                "day, outstanding",
                "day"));

    // a released payment lowers what was collected here, and what was cancelled there
    for (long cut : new long[] {NEWEST, COLLECTING}) {
      assertThat(
              read(
                  """
                  select sum(m.billed) - sum(m.collected) as moved, sum(m.outstanding) as outstanding
                  from (
                  %s
                  ) m where m.day = m.as_of
                  """
                      .formatted(MartSql.render("collection_month", "" + cut, "date '2026-04-30'")),
                  "moved, outstanding",
                  "1"))
          .isEqualTo(
              read(
                  """
                  select sum(r.amount) filter (where r.step_no between 2 and 7) as moved,
                      sum(r.amount) filter (where r.step_no = 10) as outstanding
                  from (
                  %s
                  ) r
                  """
                      .formatted(MartSql.render("receivable_roll", "" + cut, "date '2026-04-30'")),
                  "moved, outstanding",
                  "1"));
    }
  }

  @Test
  @Order(2)
  void whatFellDueAgreesWithWhatGradesFollow() {
    assertThat(at(NEWEST, "collection_month", "sum(fell_due), sum(paid_in_time)", "1"))
        .containsExactly("377 33.33")
        .isEqualTo(at(NEWEST, "debtor_credit", "sum(fell_due), sum(paid_in_time)", "1"));
  }

  @Test
  @Order(2)
  void aTargetHoldsInItsHighestVersion() {
    assertThat(
            at(
                NEWEST,
                "target_in_force",
                "target_id, metric, region, whole, starts_on, ends_on, value",
                "target_id"))
        .containsExactly(
            "T1 COLLECTION China true 2026-04-01 2026-04-30 90",
            "T2 COLLECTION South false 2026-04-01 2026-04-30 40");
  }

  @Test
  @Order(2)
  void aStatementLeadsFromTheOpeningToTheNetBalance() {
    assertThat(
            read(
                MartSql.render("statement", "" + NEWEST, "date '2026-04-30'"),
                "customer, place, effective_on, entry, document_id, amount, balance",
                "customer, place, effective_on, document_id"))
        .containsExactly(
            // A2, which moved from C2 to her with the merge, was paid before; A3 uses what waited
            "Ann 0 2026-04-01 null null -83.33 -83.33",
            "Ann 1 2026-04-10 INVOICE A3 83 -0.33",
            "Ann 2 2026-04-30 null null 0 -0.33",
            "Cid 0 2026-04-01 null null 255 255",
            "Cid 1 2026-04-11 CREDIT_NOTE CN1 -28 227",
            "Cid 1 2026-04-12 CREDIT_NOTE CN2 -5 222",
            "Cid 1 2026-04-13 PAYMENT PAY3 -7 215",
            "Cid 1 2026-04-14 REVERSAL PAY3 7 222",
            "Cid 2 2026-04-30 null null 0 222");
    assertThat(
            at(
                COLLECTING,
                "statement",
                "currency, place, effective_on, entry, document_id, amount, balance",
                "currency, place, effective_on, document_id"))
        .containsExactly(
            "CNY 0 2026-03-01 null null 391 391",
            "CNY 1 2026-03-01 CREDIT_NOTE CN9 -10 381",
            "CNY 1 2026-03-01 PAYMENT Q3 -50 331",
            "CNY 1 2026-03-01 PAYMENT Q5 -45 286",
            "CNY 1 2026-03-02 PAYMENT Q4 -30 256",
            "CNY 1 2026-03-03 WRITE_OFF W1 -20 236",
            "CNY 1 2026-03-04 CANCELLATION B4 -90 146",
            "CNY 1 2026-03-05 REFUND Q4 30 176",
            "CNY 1 2026-03-05 REFUND R1 7 183",
            "CNY 1 2026-03-06 ADJUSTMENT AD1 -4 179",
            "CNY 1 2026-03-08 REVERSAL Q3 50 229",
            "CNY 1 2026-03-09 PAYMENT Q6 -11 218",
            "CNY 2 2026-03-10 null null 0 218",
            "USD 0 2026-03-01 null null 0 0",
            "USD 1 2026-03-01 INVOICE B7 1000 1000",
            "USD 2 2026-03-10 null null 0 1000");
    assertThat(at(COLLECTING, "debtor", "currency, net", "currency"))
        .containsExactly("CNY 218", "USD 1000");
  }

  @Test
  @Order(2)
  void openingMovementAndClosingTieOutWithAnotherBook() {
    List<ControlTotal> book =
        List.of(
            control(2, "2026-04", null, "255", "-28"),
            control(3, "2026-04", null, "255.01", "-28"),
            control(4, "2026-04", "C3", "226", "0"),
            control(5, "2026-05", null, "227", "0"),
            control(6, "2026-04", "nobody", "0", "0"));

    assertThat(TieOut.at(url, NEWEST, book))
        .extracting(
            tie ->
                "%s %s %s %s %s"
                    .formatted(
                        tie.control().line(),
                        tie.ties(),
                        tie.opening().stripTrailingZeros().toPlainString(),
                        tie.movement().stripTrailingZeros().toPlainString(),
                        tie.isClosed()))
        .containsExactly(
            "2 true 255 -28 true",
            "3 false 255 -28 true",
            "4 false 255 -28 true",
            "5 false 227 0 false",
            "6 true 0 0 true");
    assertThatThrownBy(() -> TieOut.at(url, 77, book))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no published cut 77");
  }

  private static ControlTotal control(
      long line, String month, String customer, String opening, String movement) {
    BigDecimal open = new BigDecimal(opening);
    BigDecimal moved = new BigDecimal(movement);
    return new ControlTotal(
        line, "acme", YearMonth.parse(month), "CNY", customer, open, moved, open.add(moved));
  }

  @Test
  @Order(2)
  void ageingAtMonthEndsUsesTheDueDayOfThatTime() {
    assertThat(
            read(
                MartSql.render("ageing_month", "" + NEWEST, MartSql.LATEST_CLOSE)
                    .transform(
                        mart ->
                            "select a.day, sum(a.outstanding) as o, sum(a.not_due) as n, sum(a.overdue_1_30) as b1, sum(a.overdue_31_60) as b2, sum(a.overdue_61_90) as b3, sum(a.overdue_90) as b4 from (\n"
                                + mart
                                + "\n) a group by 1"),
                "day, o, n, b1, b2, b3, b4",
                "1"))
        .containsExactly(
            "2026-01-31 405 277 128 0 0 0",
            "2026-02-28 371.67 63 308.67 0 0 0",
            "2026-03-31 255 15 48 192 0 0",
            "2026-04-30 227 3 12 48 164 0",
            "2026-05-01 227 1 6 24 96 100");
  }

  @Test
  @Order(2)
  void theControlOffersClosesNamedCutsAndTheNewest() {
    assertThat(read(MartSql.now("selectable_cut"), "cut, newest, label", "ordinal"))
        .containsExactly(
            SALES + " false " + SALES + " · 2026-02-01 08:00 · acme 2026-01-31",
            PAID + " false " + PAID + " · 2026-03-01 08:00 · before the merge, acme 2026-02-28",
            MERGED + " false " + MERGED + " · 2026-05-02 08:00 · acme 2026-05-01",
            NEWEST + " true " + NEWEST + " · 2026-05-03 08:00 · newest",
            WHAT_IF + " false " + WHAT_IF + " · 2026-05-04 08:01 · softer terms");
    assertThat(at(WHAT_IF, "page_head", "cut, state, newest_cut", "1"))
        .containsExactly(WHAT_IF + " not live " + NEWEST);
  }

  @Test
  @Order(2)
  void whatAWhatIfPublishesBeforeItHasReadRawBackIsNoCut() {
    assertThat(read("select * from mart.cut where epoch = 3", "cut", "cut"))
        .containsExactly("" + WHAT_IF);
    assertThat(at(WHAT_IF - 1, "page_head", "cut, state", "1")).containsExactly("null unknown");
    assertThatThrownBy(() -> Reconcile.at(url, WHAT_IF - 1))
        .hasMessageContaining("no published cut");
  }

  @Test
  @Order(2)
  void theViewOfNowReadsTheNewestCut() {
    everyMart(
        (view, reader) ->
            assertThat(
                    read(
                        reader,
                        "select distinct v.cut from " + view.qualifiedName() + " v",
                        "cut",
                        "1"))
                .as(view.qualifiedName())
                .isSubsetOf("" + NEWEST));
    assertThat(read("select * from mart.page_head", "cut, state, as_of, cuts_behind", "1"))
        .containsExactly(NEWEST + " now acme 2026-05-01 0");
  }

  @Test
  @Order(2)
  void anUnknownCutGivesNoRowsAndAHeadThatSaysSo() {
    everyMart(
        (view, reader) -> {
          String mart =
              MartSql.render(
                  view.qualifiedName(), "any (values bigint '999', null)", MartSql.LATEST_CLOSE);
          assertThat(read(reader, mart, "1", "1")).as(view.qualifiedName()).isEmpty();
        });
    assertThat(at(999, "page_head", "cut, state, newest_cut", "1"))
        .containsExactly("null unknown " + NEWEST);
    assertThatThrownBy(() -> Reconcile.at(url, 999)).hasMessageContaining("no published cut 999");
  }

  @Test
  @Order(2)
  void theTrustPageCountsWhatWasReadAndWhatBecameOfIt() {
    assertThat(
            at(
                PAID,
                "accounting",
                "topic, first_offset, next_offset, read, accepted, duplicate, superseded, rejected, off_by",
                "1"))
        .containsExactly(
            "customers 0 3 3 3 0 0 0 0",
            "promotions 0 4 4 4 0 0 0 0",
            "receivables 0 11 11 11 0 0 0 0",
            "sales 0 6 6 3 1 1 1 0");
    assertThat(at(PAID, "rejected", "reason, topic, \"offset\", how_to_fix", "1"))
        .singleElement()
        .asString()
        .startsWith("not_avro sales 4 the producer sends other bytes");
    assertThat(at(PAID, "rejected", "\"offset\", fate", "1")).containsExactly("4 waiting");
    assertThat(at(MERGED, "rejected", "\"offset\", fate", "1")).containsExactly("4 brought back");
    assertThat(at(PAID, "superseded", "topic, event_type, versions", "1"))
        .containsExactly("sales SaleRecorded 1");
    assertThat(at(INVOICES, "rejected_reason", "reason", "1")).isEmpty();
    assertThat(at(MERGED, "cut_list", "listed_cut, name", "ordinal"))
        .containsExactly(
            SALES + " null",
            INVOICES + " null",
            PAID + " before the merge",
            FORKED_AWAY + " null",
            MERGED + " null");
  }

  @Test
  @Order(2)
  void creditIsSetAgainstLimitAndCollateral() {
    assertThat(
            at(
                NEWEST,
                "debtor_credit",
                "customer_id, grade, not_due, overdue, shipped_not_invoiced, free_credit, exposure, credit_limit, over_limit, unsecured, collection_rate, open_alerts",
                "customer_id"))
        .containsExactly(
            "C1 D 0 0 0 0 -0.33 null null 0 0.22219999999999998 0",
            "C2 unrated 0 0 0 0 0 null null 0 null 0",
            "C3 D 1 226 40 5 262 150 112 202 0.0 1",
            "C4 unrated 0 0 0 0 0 500 0 0 null 0");
    assertThat(at(PAID, "debtor_credit", "customer_id, not_due, overdue", "customer_id"))
        .containsExactly("C1 0 66.67", "C2 0 50", "C3 63 192");
    assertThat(
            at(
                NEWEST,
                "credit_alert",
                "customer, alert, raised_on, cleared_on, is_open, days, exposure",
                "1"))
        .containsExactly("Cid OVER_LIMIT 2026-04-20 null true 11 262");
    assertThat(at(PAID, "credit_alert", "count(*)", "1")).containsExactly("0");
    assertThat(alerts(PAID, NEWEST)).containsExactly("SAID C3 OVER_LIMIT RAISED 2026-04-20 262");
    assertThat(alerts(NEWEST, NEWEST)).isEmpty();
    assertThat(alerts(0, FORKED_AWAY)).containsExactly("SAID C2 OVERDUE RAISED 2026-02-20 50");
    assertThat(alerts(FORKED_AWAY, MERGED))
        .as("what a fork undid")
        .containsExactly("WITHDRAWN C2 OVERDUE RAISED 2026-02-20 50");
    assertThat(at(NEWEST, "grade_step", "customer, from_grade, to_grade, reason", "1"))
        .contains("Cid unrated D COLLECTION_RATE");
  }

  @Test
  @Order(2)
  void everyModelSharesOutTheSameSum() {
    Weights.ofOfferedCuts(url);
    String attributed = MartSql.render("attribution_result", "" + NEWEST, MartSql.LATEST_CLOSE);
    assertThat(
            read(
                "select r.model, sum(r.credit) as credit, sum(r.revenue) as revenue, sum(if(r.attributed, r.revenue, 0)) as attributed from (%s) r group by r.model"
                    .formatted(attributed),
                "model, credit, revenue, attributed",
                "1"))
        .containsExactly(
            "first 2 100 50",
            "first_paid 2 100 50",
            "last 2 100 50",
            "last_non_direct 2 100 50",
            "last_paid 2 100 50",
            "linear 2 100 50",
            "markov 2 100 50",
            "position 2 100 50",
            "shapley 2 100 50",
            "time_decay 2 100 50",
            "w_shape 2 100 50");
    assertThat(
            read(
                "select * from (%s) r where r.model = 'time_decay'".formatted(attributed),
                "channel, region, month, converted_month, credit, revenue",
                "1, 3"))
        .as("a refund counts in its own month, and in that of what it takes back")
        .containsExactly(
            "outdoor North West 2026-04-01 2026-04-01 0.142857 14.29",
            "outdoor North West 2026-05-01 2026-04-01 0 -7.15",
            "site North West 2026-04-01 2026-04-01 0.571429 57.14",
            "site North West 2026-05-01 2026-04-01 0 -28.57",
            "unattributed South 2026-04-01 2026-04-01 1 50",
            "unmapped North West 2026-04-01 2026-04-01 0.285714 28.57",
            "unmapped North West 2026-05-01 2026-04-01 0 -14.28");
    assertThat(
            read(
                "select * from (%s) r where r.model = 'markov'".formatted(attributed),
                "channel, region, month, converted_month, credit, revenue",
                "1, 3"))
        .as("a refund goes back in the ratio of the month that it takes from")
        .containsExactly(
            "outdoor North West 2026-04-01 2026-04-01 0.333334 33.34",
            "outdoor North West 2026-05-01 2026-04-01 0 -16.67",
            "site North West 2026-04-01 2026-04-01 0.333333 33.33",
            "site North West 2026-05-01 2026-04-01 0 -16.67",
            "unattributed South 2026-04-01 2026-04-01 1 50",
            "unmapped North West 2026-04-01 2026-04-01 0.333333 33.33",
            "unmapped North West 2026-05-01 2026-04-01 0 -16.66");
    assertThat(at(PAID, "attribution_result", "count(*)", "1")).containsExactly("0");
  }

  @Test
  @Order(2)
  void aConversionIsExplainedByItsTouches() {
    assertThat(
            at(
                NEWEST,
                "conversion_touch",
                "conversion_id, touch_kind, touch_id, channel, revenue_linear, revenue_position, evidence_ids",
                "converted_at, touched_at"))
        .containsExactly(
            "D1 PROMOTION_CONTACT AD1 outdoor 16.67 20 paid-D1",
            "D1 PROMOTION_CONTACT AD2 unmapped 16.67 10 paid-D1",
            "D1 PROMOTION_CONTACT WEB1 site 16.66 20 paid-D1",
            "D2 UNATTRIBUTED null unattributed 50 50 paid-D2");
  }

  @Test
  @Order(2)
  void aConversionIsSeenThroughALensByDataDrivenModels() {
    Weights.ofOfferedCuts(url);
    assertThat(
            read(
                "select * from (%s) l where l.model = 'markov'"
                    .formatted(
                        MartSql.render("conversion_lens", "" + NEWEST, MartSql.LATEST_CLOSE)),
                "conversion_id, touch_kind, touch_id, channel, credit, revenue, evidence_ids",
                "converted_at, touched_at"))
        .as("ties of the last cent go to the earlier touch")
        .containsExactly(
            "D1 PROMOTION_CONTACT AD1 outdoor 0.333334 16.67 paid-D1",
            "D1 PROMOTION_CONTACT AD2 unmapped 0.333333 16.67 paid-D1",
            "D1 PROMOTION_CONTACT WEB1 site 0.333333 16.66 paid-D1",
            "D2 UNATTRIBUTED null unattributed 1 50 paid-D2");
  }

  @Test
  @Order(2)
  void whatFollowsWhatIsCounted() {
    assertThat(
            read(
                "select * from (%s) t where t.month = date '2026-03-01'"
                    .formatted(
                        MartSql.render("path_transition", "" + NINE_PATHS, MartSql.LATEST_CLOSE)),
                "from_channel, to_channel, transitions, cast(probability as decimal(9, 6))",
                "1, 2"))
        .containsExactly(
            "START a 3 0.333333",
            "START b 3 0.333333",
            "START c 3 0.333333",
            "a CONVERSION 5 0.714286",
            "a b 2 0.285714",
            "b CONVERSION 2 0.333333",
            "b a 2 0.333333",
            "b c 2 0.333333",
            "c CONVERSION 2 0.4",
            "c a 2 0.4",
            "c b 1 0.2");
    assertThat(
            read(
                "select * from (%s) p where p.month = date '2026-04-01'"
                    .formatted(MartSql.render("path", "" + NINE_PATHS, MartSql.LATEST_CLOSE)),
                "path, currency, conversions, lost, value",
                "1, 2"))
        .containsExactly("a CNY 3 0 9", "b CNY 1 0 3", "b null 0 1 0");
  }

  @Test
  @Order(2)
  void weightsAreSolvedWherePathsChangedAndAnOldCutKeepsItsOwn() {
    assertThat(dataDriven(NINE_PATHS, "channel"))
        .as("nothing is solved yet")
        .containsExactly("markov unattributed 14 44", "shapley unattributed 14 44");
    assertThat(
            read(
                "select l.model, l.touch_kind, count(*) as rows, sum(l.credit) as credit, sum(l.revenue) as revenue from (%s) l group by 1, 2"
                    .formatted(
                        MartSql.render("conversion_lens", "" + NINE_PATHS, MartSql.LATEST_CLOSE)),
                "*",
                "1, 2"))
        .containsExactly(
            "markov PROMOTION_CONTACT 22 0 0",
            "markov UNATTRIBUTED 14 14 44",
            "shapley PROMOTION_CONTACT 22 0 0",
            "shapley UNATTRIBUTED 14 14 44");

    assertThat(weights("--cut", "" + NINE_PATHS))
        .startsWith("0 cut %s: 2 of 2 periods solved".formatted(NINE_PATHS))
        .contains(
            "acme deposit 2026-03, version 1: 3 channels, 9 journeys converted, 0 did not, Markov of order 1",
            "acme deposit 2026-04, version 1: 2 channels, 4 journeys converted, 1 did not");
    List<String> solved = at(NINE_PATHS, "channel_weight", WEIGHT, "month, model, channel");
    List<String> earned = dataDriven(NINE_PATHS, "channel");
    long rows = sql.query("select count(*) from ops.channel_weight").getFirst().number(1);
    assertThat(Weights.at(url, NINE_PATHS).solved()).as("nothing changed").isEmpty();
    assertThat(sql.query("select count(*) from ops.channel_weight").getFirst().number(1))
        .isEqualTo(rows);

    Weights.Run late = Weights.at(url, LATE_TOUCH);
    assertThat(late.periods()).isEqualTo(2);
    assertThat(late.solved())
        .containsExactly(
            new Weights.Solved(
                new Weights.Period("acme", "deposit", LocalDate.of(2026, 3, 1)), 2, 3, 1, 9, 0));
    assertThat(
            at(
                LATE_TOUCH,
                "channel_weight",
                "distinct month, version, solved_from",
                "month, version"))
        .containsExactly("2026-03-01 2 " + LATE_TOUCH, "2026-04-01 1 " + NINE_PATHS);
    assertThat(at(NINE_PATHS, "channel_weight", WEIGHT, "month, model, channel"))
        .isEqualTo(solved)
        .isNotEqualTo(at(LATE_TOUCH, "channel_weight", WEIGHT, "month, model, channel"));
    assertThat(dataDriven(NINE_PATHS, "channel")).isEqualTo(earned);
    assertThat(at(WITHOUT_IT, "channel_weight", WEIGHT, "month, model, channel"))
        .as("what stands on the older cut knows nothing of the newer version")
        .isEqualTo(solved);
    assertThat(Weights.at(url, WITHOUT_IT).solved()).isEmpty();

    assertThat(weights("--cut", "" + NINE_PATHS))
        .startsWith("2 Weights were solved at cut %s, which stands".formatted(LATE_TOUCH));
    assertThat(weights("--cut", "999")).startsWith("2 ").contains("no published cut 999");
  }

  @Test
  @Order(2)
  void weightsAreSolvedOnceAtTheCutsThatPagesOffer() {
    assertThat(Weights.ofCloses(url, 1)).hasSizeLessThanOrEqualTo(1);
    Weights.ofCloses(url, Integer.MAX_VALUE);
    assertThat(sql.query("select r.cut from ops.weight_runs r").stream().map(row -> row.number(1)))
        .contains(SALES, PAID, MERGED, WHAT_IF)
        .doesNotContain(INVOICES, COLLECTING);
    Weights.ofOfferedCuts(url);
    assertThat(Weights.ofOfferedCuts(url)).isEmpty();
    assertThat(at(NEWEST, "channel_weight", "distinct month, version, solved_from", "1"))
        .containsExactly("2026-04-01 1 " + NEWEST);
  }

  @Test
  @Order(3)
  void channelsOfNinePathsEarnWhatWouldBeLostWithoutThem() {
    assertThat(
            read(
                "select * from (%s) w where w.month = date '2026-03-01'"
                    .formatted(
                        MartSql.render("channel_weight", "" + NINE_PATHS, MartSql.LATEST_CLOSE)),
                "model, channel, effect, share, chain_order, version",
                "1, 2"))
        .containsExactly(
            "markov a 0.666666666666667 0.394190871369295 1 1",
            "markov b 0.533333333333333 0.315352697095435 1 1",
            "markov c 0.491228070175439 0.29045643153527 1 1",
            "shapley a 0.333333333333333 0.333333333333334 null 1",
            "shapley b 0.333333333333333 0.333333333333333 null 1",
            "shapley c 0.333333333333333 0.333333333333333 null 1");
    assertThat(dataDriven(NINE_PATHS, "month, channel"))
        .containsExactly(
            "markov 2026-03-01 a 3.547718 10.64",
            "markov 2026-03-01 b 2.838174 8.52",
            "markov 2026-03-01 c 2.614108 7.84",
            "markov 2026-03-01 unattributed 1 5",
            "markov 2026-04-01 a 3 9",
            "markov 2026-04-01 b 1 3",
            "shapley 2026-03-01 a 3 9",
            "shapley 2026-03-01 b 3 9",
            "shapley 2026-03-01 c 3 9",
            "shapley 2026-03-01 unattributed 1 5",
            "shapley 2026-04-01 a 3.25 9.75",
            "shapley 2026-04-01 b 0.75 2.25");
  }

  @Test
  @Order(3)
  void campaignsShareWhatTheirChannelEarnedAsLinearWould() {
    assertThat(
            read(
                "select * from (%s) r where r.model = 'markov' and r.month = date '2026-04-01'"
                    .formatted(
                        MartSql.render(
                            "attribution_result", "" + NINE_PATHS, MartSql.LATEST_CLOSE)),
                "region, channel, campaign, credit, revenue",
                "1, 2, 3"))
        .as(
            "the weights are the company's: a channel earns where it did not touch, for no campaign")
        .containsExactly(
            "North West a null 0.75 2.25",
            "North West b null 0.25 0.75",
            "South a x 1.5 4.5",
            "South a y 0.75 2.25",
            "South b null 0.75 2.25");
  }

  @Test
  @Order(3)
  void aRestrictedReaderSeesHisRegionByTheWeightsOfTheCompany() {
    String query =
        "select r.model, r.channel, sum(r.credit) as credit, sum(r.revenue) as revenue from (%s) r where r.month = date '2026-03-01' and r.model in ('linear', 'markov', 'shapley') group by 1, 2"
            .formatted(MartSql.render("attribution_result", "" + NINE_PATHS, MartSql.LATEST_CLOSE));
    assertThat(readAs("marketer", query, "model, channel, revenue", "1, 2"))
        .containsExactly(
            "linear a 5.5",
            "linear b 2.5",
            "linear c 1",
            "markov a 3.55",
            "markov b 2.84",
            "markov c 2.61",
            "shapley a 3",
            "shapley b 3",
            "shapley c 3");
    assertThat(
            readAs(
                "marketer",
                "select s.model, sum(s.credit) as credit, sum(s.revenue) as revenue from (%s) s group by 1"
                    .formatted(query),
                "*",
                "1"))
        .as("and it adds up to what he sees of conversions")
        .containsExactly("linear 3 9", "markov 3 9", "shapley 3 9");
  }

  private static final String WEIGHT = "month, model, channel, effect, share, version, solved_from";

  /** Credit and revenue by data-driven model and the given columns. */
  private static List<String> dataDriven(long cut, String columns) {
    return read(
        "select r.model, %1$s, sum(r.credit) as credit, sum(r.revenue) as revenue from (%2$s) r where r.model in ('markov', 'shapley') group by r.model, %1$s"
            .formatted(
                columns, MartSql.render("attribution_result", "" + cut, MartSql.LATEST_CLOSE)),
        "*",
        "1, 2, 3");
  }

  /** The exit code of {@code weights} and what it prints. */
  private static String weights(String... arguments) {
    return run(new WeightsCommand(), arguments);
  }

  @Test
  @Order(2)
  void journeysHavePathLengthAndLag() {
    assertThat(
            at(
                NEWEST,
                "journey",
                "converted, month, length, lag_days, path, value",
                "converted, conversion_id"))
        .containsExactly(
            "false 2026-04-01 1 null outdoor 0",
            "true 2026-04-01 3 3.0 outdoor > unmapped > site 50",
            "true 2026-04-01 0 null  50");
  }

  @Test
  @Order(2)
  void whatMapsToNoChannelWaitsToBeMapped() {
    assertThat(
            at(NEWEST, "unmapped_channel", "touch_kind, recorded, touches, example_id", "recorded"))
        .containsExactly("PROMOTION_CONTACT carrier pigeon 1 AD2");
  }

  @Test
  @Order(2)
  void aCostStandsOnceUnderTheChannelOfItsTouches() {
    assertThat(
            at(
                SPENDING,
                "channel_spend",
                "incurred_on, channel, campaign, region, cost, currency, unmapped, costs, evidence_ids",
                "incurred_on"))
        .containsExactly(
            "2026-01-05 outdoor spring North West 340 CNY null 1 sp-1",
            "2026-01-10 site null null 10 USD null 1 sp-2",
            "2026-02-03 unmapped null South 30 CNY carrier pigeon 1 sp-3",
            "2026-02-05 site P5 North West 60 CNY null 1 sp-p5",
            "2026-02-06 several P6 null 5 CNY null 1 sp-p6",
            "2026-02-07 unmapped P7 South 7 CNY handbill 1 sp-p7",
            "2026-02-10 outdoor spring South 10 USD null 1 sp-4",
            "2026-03-01 site null South 20 EUR null 1 sp-5",
            "2026-03-02 outdoor null South 50 CNY null 1 sp-6",
            "2026-03-10 outdoor ad-2 North West 40 CNY null 1 ad-2");
    assertThat(at(NEWEST, "channel_spend", "channel, cost, evidence_ids", "incurred_on"))
        .containsExactly("outdoor 100.01 cost-1", "unmapped 10 cost-2", "outdoor 12.5 cost-3");
  }

  @Test
  @Order(2)
  void aRateHoldsUntilTheNextOneBegins() {
    assertThat(
            at(
                SPENDING,
                "exchange_rate",
                "base_currency, quote_currency, valid_on, valid_until, rate, evidence_id",
                "valid_on"))
        .containsExactly(
            "USD CNY 2026-01-01 2026-02-14 7 rate-1", "USD CNY 2026-02-15 null 7.2 rate-2");
  }

  @Test
  @Order(2)
  void spendStandsBesideWhatItEarnedInOneCurrency() {
    String columns =
        "month, channel, campaign, spend, conversions, revenue, roas, cpa, spend_without_rate, revenue_without_rate";
    assertThat(read(returned("first", "CNY"), columns, "month, channel, campaign"))
        .containsExactly(
            "2026-01-01 outdoor spring 340 1 300 0.882353 340 null null",
            "2026-01-01 site null 70 0 0 null null null null",
            "2026-02-01 outdoor spring 72 2 765 10.625 36 null null",
            "2026-02-01 several P6 5 0 0 null null null null",
            "2026-02-01 site P5 60 0 0 null null null null",
            "2026-02-01 site null 0 1 0 null null null {EUR=40.000000}",
            "2026-02-01 unmapped P7 7 0 0 null null null null",
            "2026-02-01 unmapped null 30 0 0 null null null null",
            "2026-03-01 outdoor ad-2 40 0 0 null null null null",
            "2026-03-01 outdoor spring 0 0 -100 null null null null",
            "2026-03-01 outdoor null 50 0 0 null null null null",
            "2026-03-01 site null 0 1 50 null null {EUR=20.000000} null",
            "2026-03-01 unattributed null 0 1 80 null null null null");
    assertThat(
            read(
                returned("first", "CNY"),
                "month, rated_on, rates, money",
                "month, channel, campaign"))
        .contains(
            "2026-01-01 2026-01-31 {USD=7.000000} CONTRACTED",
            "2026-02-01 2026-02-28 {USD=7.200000} CONTRACTED",
            "2026-03-01 2026-03-31 null CONTRACTED");
    assertThat(read(returned("first", "USD"), columns, "month, channel, campaign"))
        .as("nothing says what a yuan is worth in dollars")
        .contains(
            "2026-01-01 site null 10 0 0 null null null null",
            "2026-02-01 outdoor spring 10 2 100 null 5 null {CNY=45.000000}");
    assertThat(
            read(
                "select * from (%s) r where r.month = date '2026-01-01'"
                    .formatted(returned("linear", "CNY")),
                columns,
                "channel"))
        .containsExactly(
            "2026-01-01 outdoor spring 340 0.5 150 0.441176 680 null null",
            "2026-01-01 site null 70 0.5 150 2.142857 140 null null");
    assertThat(
            read(
                MartSql.render("channel_return", "" + SPENDING, "date '2026-02-20'"),
                "distinct rated_on",
                "1"))
        .as("a month that runs is valued as of the day")
        .containsExactly("2026-01-31", "2026-02-20");
  }

  private static String returned(String model, String currency) {
    return "select * from (%s) r where r.goal = 'contract' and r.model = '%s' and r.currency = '%s'"
        .formatted(
            MartSql.render("channel_return", "" + SPENDING, MartSql.LATEST_CLOSE), model, currency);
  }

  @Test
  @Order(2)
  void acquiredCustomersPayBackWhatWasSpentOnThem() {
    String columns =
        "month, channel, customers, spend, cac, age, revenue, cumulative, payback_age, maturity";
    assertThat(read(cohort(MartSql.LATEST_CLOSE), columns, "month, channel, age"))
        .containsExactly(
            "2026-01-01 outdoor 1 340 340 0 300 300 1 3",
            "2026-01-01 outdoor 1 340 340 1 45 345 1 3",
            "2026-01-01 outdoor 1 340 340 2 -50 295 1 3",
            "2026-01-01 site 0 70 null 0 0 0 null 3",
            "2026-01-01 site 0 70 null 1 0 0 null 3",
            "2026-01-01 site 0 70 null 2 0 0 null 3",
            "2026-02-01 outdoor 1 72 72 0 720 720 0 2",
            "2026-02-01 outdoor 1 72 72 1 0 720 0 2",
            "2026-02-01 several 0 5 null 0 0 0 null 2",
            "2026-02-01 several 0 5 null 1 0 0 null 2",
            "2026-02-01 site 1 60 60 0 0 0 null 2",
            "2026-02-01 site 1 60 60 1 0 0 null 2",
            "2026-02-01 unmapped 0 37 null 0 0 0 null 2",
            "2026-02-01 unmapped 0 37 null 1 0 0 null 2",
            "2026-03-01 outdoor 0 90 null 0 0 0 null 1",
            "2026-03-01 site 0 0 null 0 0 0 null 1",
            "2026-03-01 unattributed 1 0 null 0 80 80 null 1");
    assertThat(
            read(
                "select * from (%s) c where c.spend_lacks_rate or c.revenue_lacks_rate"
                    .formatted(cohort(MartSql.LATEST_CLOSE)),
                "month, channel, age, spend_lacks_rate, revenue_lacks_rate",
                "month, age"))
        .containsExactly(
            "2026-02-01 site 0 false true",
            "2026-02-01 site 1 false true",
            "2026-03-01 site 0 true false");
    assertThat(
            read(
                "select * from (%s) c where c.month = date '2026-01-01' and c.channel = 'outdoor'"
                    .formatted(cohort("date '2026-03-14'")),
                "age, complete, revenue, maturity, rated_on",
                "age"))
        .as("before the refund")
        .containsExactly(
            "0 true 300 2 2026-01-31", "1 true 45 2 2026-02-28", "2 false 50 2 2026-03-14");
  }

  private static String cohort(String asOf) {
    return "select * from (%s) c where c.goal = 'contract' and c.model = 'first' and c.currency = 'CNY'"
        .formatted(MartSql.render("channel_cohort", "" + SPENDING, asOf));
  }

  @Test
  @Order(2)
  void whatIsContractedCountsAsFarAsItsGradePaysInTime() {
    assertThat(
            read(
                "select * from (%s) r where r.model = 'first' and r.currency = 'CNY'"
                    .formatted(MartSql.render("channel_risk", "" + SPENDING, MartSql.LATEST_CLOSE)),
                "month, channel, grade, collection_rate, revenue, risk_adjusted",
                "month, channel, grade"))
        .containsExactly(
            "2026-01-01 outdoor B 0.8 300 240",
            "2026-02-01 outdoor B 0.8 45 36",
            "2026-02-01 outdoor null null 720 null",
            "2026-03-01 outdoor B 0.8 -100 -80",
            "2026-03-01 site B 0.8 50 40",
            "2026-03-01 unattributed null null 80 null");
    assertThat(at(NEWEST, "channel_risk", "distinct collection_rate", "1"))
        .as("deposits are money in hand")
        .containsExactly("1");
  }

  @Test
  @Order(3)
  void everyPublishedCutAddsUp() {
    List<Check> checks = Reconcile.everyLiveCut(url);
    assertThat(checks.stream().map(Check::cut).distinct())
        .containsExactly(SALES, INVOICES, PAID, FORKED_AWAY, MERGED, NEWEST);
    assertThat(checks).filteredOn(check -> !check.balanced()).isEmpty();
    assertThat(checks)
        .filteredOn(check -> check.cut() == NEWEST && check.compared() == 0)
        .isEmpty();
    assertThat(at(PAID, "reconciliation", "count(*), count_if(balanced)", "1"))
        .containsExactly(checks.size() / 6 + " " + checks.size() / 6);
    assertThat(at(SALES, "cut_list", "checks = checks_passed", "ordinal")).containsExactly("true");
    assertThat(Reconcile.unchecked(url, 100)).isEmpty();
    long kept = sql.query("select count(*) from ops.reconciliation").getFirst().number(1);
    assertThat(Reconcile.lastOfNewest(url))
        .containsExactlyInAnyOrderElementsOf(
            checks.stream().filter(check -> check.cut() == NEWEST).toList());
    assertThat(sql.query("select count(*) from ops.reconciliation").getFirst().number(1))
        .as("nothing was checked again")
        .isEqualTo(kept);
  }

  @Test
  @Order(3)
  void aRestrictedReaderSeesTheRowsOfOneRegionOnly() {
    Set<String> withRows = ConcurrentHashMap.newKeySet();
    everyView(
        "marketer",
        (view, reader) -> {
          String all = "select * from " + view.qualifiedName();
          if (view.metadata().audience() == Audience.OPERATORS) {
            assertDenied(reader, all);
            return;
          }
          List<String> rows = read(reader, all, "*", "1");
          if (hasRegion(view)) {
            assertThat(read(reader, all, "distinct region", "1"))
                .as(view.qualifiedName())
                .isSubsetOf("North West", "null");
          }
          if (view.metadata().kind() == Kind.LINE) {
            String seen = hasRegion(view) ? all + " where region = 'North West'" : all;
            assertThat(rows)
                .as(view.qualifiedName())
                .containsExactlyInAnyOrderElementsOf(readAs(TrinoServer.ADMIN, seen, "*", "1"));
          }
          if (!rows.isEmpty()) {
            withRows.add(view.name());
          }
        });
    assertThat(withRows)
        .contains(
            "cut",
            "customer",
            "customer_label_line",
            "page_head",
            "promotion",
            "promotion_line",
            "promotion_media",
            "promotion_month",
            "promotion_posting",
            "promotion_region",
            "promotion_result",
            "promotion_total",
            "receivable_line",
            "receivable_posting",
            "selectable_cut");
  }

  /** What a promotion is called, and who is whom, is not withheld. */
  private static boolean hasRegion(ViewDefinition view) {
    return view.metadata().columns().containsKey("region")
        && !Set.of("identity_line", "promotion_label_line").contains(view.name());
  }

  @Test
  @Order(3)
  void aRestrictedPageAddsUpWhatItsReaderSees() {
    String results = MartSql.render("promotion_result", "" + PAID, MartSql.LATEST_CLOSE);
    String items = MartSql.render("open_item", "" + PAID, MartSql.LATEST_CLOSE);
    assertThat(readAs("marketer", results, "name, cost, sales, collected", "promotion_id"))
        .containsExactly("Spring 0 60 20", "no promotion 0 5 13.33");
    assertThat(readAs("marketer", items, "invoice_id, customer, open", "1"))
        .containsExactly("A1 Ann 66.67");
    assertThat(
            readAs(
                "marketer",
                returned("first", "CNY"),
                "month, channel, campaign, spend, conversions, revenue",
                "month, channel, campaign"))
        .as("a cost that was moved to another region, or has none, is none of his")
        .containsExactly(
            "2026-01-01 outdoor spring 340 1 300",
            "2026-02-01 outdoor spring 0 1 45",
            "2026-02-01 site P5 60 0 0",
            "2026-03-01 outdoor ad-2 40 0 0",
            "2026-03-01 outdoor spring 0 0 -100",
            "2026-03-01 site null 0 1 50");
  }

  @Test
  @Order(3)
  void whoIsNotRestrictedSeesEveryRow() {
    everyView(
        "finance",
        (view, reader) -> {
          String all = "select * from " + view.qualifiedName();
          if (view.metadata().kind() == Kind.LINE) {
            assertThat(read(reader, all, "count(*)", "1"))
                .as(view.qualifiedName())
                .isEqualTo(readAs(TrinoServer.ADMIN, all, "count(*)", "1"));
          } else {
            // A mart reads lines only; what it asks of rights is asked before it runs.
            assertThat(reader.query("explain (type validate) " + all)).hasSize(1);
          }
        });
  }

  @Test
  @Order(3)
  void tablesAreReadAndWrittenByTheirKeepersOnly() {
    for (String user : List.of("finance", "marketer", "superset")) {
      try (Sql reader = Sql.open(trino.jdbcUrl(user))) {
        for (TableDefinition table : Definitions.load().tables()) {
          assertDenied(reader, "select * from " + table.qualifiedName());
        }
        assertDenied(reader, "delete from ledger.receivables");
        assertDenied(reader, "create view mart.lent as select * from mart.promotion_line");
      }
    }
    for (TableDefinition table : Definitions.load().tables()) {
      assertThat(sql.query("select count(*) from " + table.qualifiedName())).hasSize(1);
    }
  }

  @Test
  @Order(3)
  void theServiceItselfReadsCutsOnly() {
    assertThat(readAs("superset", MartSql.now("selectable_cut"), "cut", "1")).contains("" + NEWEST);
    try (Sql service = Sql.open(trino.jdbcUrl("superset"))) {
      assertDenied(service, "select * from mart.promotion_line");
    }
  }

  private static List<String> readAs(String user, String mart, String columns, String order) {
    try (Sql reader = Sql.open(trino.jdbcUrl(user))) {
      return read(reader, mart, columns, order);
    }
  }

  private static void assertDenied(Sql reader, String statement) {
    assertThatThrownBy(() -> reader.run(statement))
        .as(statement)
        .hasStackTraceContaining("Access Denied");
  }

  @Test
  @Order(4)
  void upkeepCompactsAndExpiresAndEveryCutStaysReadable() {
    List<String> readings = everyCut();
    List<Long> snapshots = snapshots("receivables");
    // the story's cuts are older than its lake: as it is, they would keep every snapshot
    sql.run(
        "update ops.cuts set published_at = current_timestamp(6), snapshots = map(array['ledger.receivables'], array[bigint '%s'])"
            .formatted(snapshots.getLast()));

    List<Upkeep.Outcome> outcomes =
        Upkeep.run(
            url,
            Instant.now().plus(Duration.ofDays(30)),
            true,
            line -> {},
            new Upkeep.Keeping(1, Duration.ofSeconds(2)));

    assertThat(outcomes).hasSize(Definitions.load().tables().size());
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.filesAfter() < outcome.files())
        .extracting(Upkeep.Outcome::table)
        .contains("ledger.receivables", "raw.receivables");
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.snapshotsAfter() < outcome.snapshots())
        .extracting(Upkeep.Outcome::table)
        .contains("ledger.promotions", "raw.receivables");
    assertThat(snapshots("receivables"))
        .as("what the kept cut names, and what is younger")
        .contains(snapshots.getLast())
        .doesNotContain(snapshots.getFirst());
    assertThat(everyCut()).isEqualTo(readings);
    assertThat(Reconcile.everyLiveCut(url))
        .allMatch(Check::balanced)
        .extracting(Check::cut)
        .contains(SALES, INVOICES, PAID, FORKED_AWAY, MERGED, NEWEST);
  }

  private static List<Long> snapshots(String ledger) {
    return sql
        .query(
            "select snapshot_id from ledger.\"%s$snapshots\" order by committed_at"
                .formatted(ledger))
        .stream()
        .map(row -> row.number(1))
        .toList();
  }

  /** What every published cut says, live or not. */
  private static List<String> everyCut() {
    String cuts = "any (select n.cut from mart.cut n)";
    return Stream.of("open_item", "promotion_region", "seller_credit")
        .map(mart -> MartSql.render(mart, cuts, MartSql.LATEST_CLOSE))
        .flatMap(mart -> read(mart, "*", "1").stream())
        .sorted()
        .toList();
  }

  @Test
  @Order(5)
  void oneTamperedLineIsFoundAtTheCutThatReadsItAndNotBefore() {
    new Story()
        .in(2, 5)
        .posts(
            "C3",
            "RECEIVABLE",
            "INVOICE",
            "I1",
            "I1",
            "-",
            "South",
            "0.01",
            "2026-01-02",
            "2026-05-01",
            "I1")
        .sold("P1", "North West", "2026-01-10", "-0.01", "0", "0", "0", 0)
        .attributed(
            "C1",
            "D1",
            "2026-04-20 10:00:00",
            "AD1",
            "2026-04-17 10:00:00",
            "outdoor",
            "0, 0, 0, 0, 0, 0, 0, 0, -0.1",
            0,
            "1, 2, 0, 0, 0, 3, 4, 5, 5",
            "2026-04-20")
        .survivor("C3", "C1", 1)
        // 5.00 of a receipt moved from one promotion of its invoice to the other, in both ledgers
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "P1",
            "North West",
            "5",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .posts(
            "C1",
            "RECEIVABLE",
            "PAYMENT",
            "PAY1",
            "A1",
            "-",
            "North West",
            "-5",
            "2026-02-01",
            "2026-02-14",
            "PAY1")
        .receipt("P1", "North West", "2026-02-01", "-5", "0")
        .receipt("-", "North West", "2026-02-01", "5", "0")
        .costPosted("P1", "MEDIA", null, "2026-01-05", "0.5")
        .writeTo(sql);
    // and weights that leave half to nobody
    sql.run(
        "insert into ops.channel_weight select w.company, w.goal, w.month, w.model, w.channel, w.effect, w.share / 2, w.chain_order, 0, 0, 'half', w.version + 1, %s, current_timestamp(6) from (%s) w"
            .formatted(
                Reconcile.newest(sql),
                MartSql.render(
                    "channel_weight", "" + Reconcile.newest(sql), MartSql.LATEST_CLOSE)));
    assertThat(reconcile("--cut", "" + MERGED))
        .startsWith("0 ")
        .contains("balanced items_open", "all balanced");
    assertThat(reconcile()).startsWith("1 ").contains("OFF      items_open", " cuts, 19 off");
    assertThat(Reconcile.lastOfNewest(url))
        .filteredOn(check -> !check.balanced())
        .extracting(check -> check.id() + " " + check.offBy().stripTrailingZeros().toPlainString())
        .containsExactlyInAnyOrder(
            "attribution_credit 0.1",
            "attribution_first 1",
            "attribution_last 2",
            "attribution_linear 3",
            "attribution_position 4",
            "attribution_revenue 5",
            "attribution_shared 151.919998",
            "attribution_time_decay 5",
            "identity_survivors 1",
            "double_entry 0.01",
            "credit_open 0.01",
            "credit_fell_due 0.01",
            "items_open 0.01",
            "promotions_cost 0.5",
            "promotions_sales 0.01",
            "spend_promotions 0.5",
            "shares_billed 0.01",
            "shares_settled 10",
            "shares_within 5");
  }

  @Test
  @Order(5)
  void reconcileRefusesACutThatIsNone() {
    assertThat(reconcile("--cut", "999")).startsWith("2 ").contains("no published cut 999");
    assertThat(reconcile("--cut", "1", "--all-cuts")).startsWith("2 ");
  }

  /** The exit code of {@code reconcile} and what it prints. */
  private static String reconcile(String... arguments) {
    return run(new ReconcileCommand(), arguments);
  }

  private static String run(Object verb, String... arguments) {
    StringWriter printed = new StringWriter();
    int exit =
        new CommandLine(verb)
            .setOut(new PrintWriter(printed, true))
            .setErr(new PrintWriter(printed, true))
            .execute(
                Stream.concat(Stream.of("--trino-url", trino.url()), Stream.of(arguments))
                    .toArray(String[]::new));
    return exit + " " + printed;
  }
}
