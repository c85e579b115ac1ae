package dev.tributary.dashboards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A small, seeded lake for looking at pages: two companies (foodmart in USD, meridian in CNY), a
 * year of promotions, sales, invoices and payments, one published cut a month and a last one.
 * Ledger and raw rows agree with each other.
 *
 * <p>It writes the physical tables by SQL, as the job would by its sink; the tables must exist.
 */
public final class SampleLake {
  private static final long SEED = 1997;
  private static final long EPOCH = 1;
  private static final long BASE = 1_000_000_000L;
  private static final int MONTHS = 12;
  private static final int BATCH = 250;
  private static final List<String> WEST = List.of("North West", "South West", "Central West");
  private static final List<String> CHINA = List.of("East", "North", "South", "West");
  private static final List<String> TITLES =
      List.of(
          "Price Savers",
          "Best Savings",
          "Super Duper Savers",
          "Weekend Markdown",
          "Cash Register Lottery",
          "Double Down Sale",
          "Go For It",
          "High Roller Savings",
          "I Cant Believe It Sale",
          "Pick Your Savings",
          "Save-It Sale",
          "Two Day Sale");
  private static final List<List<String>> MEDIA =
      List.of(
          List.of("Daily Paper", "Radio", "TV"),
          List.of("Sunday Paper", "Radio"),
          List.of("In-Store Coupon"),
          List.of("Bulk Mail"),
          List.of("Street Handout"),
          List.of("Product Attachment"),
          List.of("TV"));
  private static final List<String> CLASSES = List.of("MEDIA", "GOODS", "DISCOUNT", "STAFF", "FEE");

  private final Random random = new Random(SEED);
  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final Map<String, Map<Integer, Long>> readByTopicAndCut = new TreeMap<>();
  private final Map<String, Long> offsets = new TreeMap<>();
  private int sequence;

  /** Every statement that fills the lake, in order. */
  public List<String> statements() {
    foodmart();
    meridian();
    operations();
    List<String> out = new ArrayList<>();
    rows.forEach(
        (table, values) -> {
          for (int from = 0; from < values.size(); from += BATCH) {
            List<String> batch = values.subList(from, Math.min(values.size(), from + BATCH));
            out.add("insert into " + table + " values\n" + String.join(",\n", batch));
          }
        });
    return out;
  }

  /** Prints the statements, for a client that takes a file. */
  public static void main(String[] args) {
    new SampleLake().statements().forEach(s -> System.out.println(s + ";"));
  }

  private void foodmart() {
    for (int m = 1; m <= MONTHS; m++) {
      for (int k = 0; k < 3; k++) {
        String id = "fm-" + (100 + m * 3 + k);
        LocalDate start = LocalDate.of(1997, m, 2 + k * 3);
        promotion(
            "foodmart",
            id,
            TITLES.get(random.nextInt(TITLES.size())),
            MEDIA.get(random.nextInt(MEDIA.size())),
            start,
            start.plusDays(21),
            "USD",
            m);
        cost("foodmart", id, "MEDIA", null, "USD", start, money(1500, 6500, 4), m);
        long buyers = 0;
        for (int i = 0; i < 16; i++) {
          int cut = late(m);
          sale(
              "foodmart",
              id,
              WEST.get(random.nextInt(WEST.size())),
              "USD",
              start.plusDays(random.nextInt(20)),
              money(90, 520, 4),
              cut);
          buyers += 3 + random.nextInt(9);
        }
        participants("foodmart", id, buyers, m);
      }
      for (int i = 0; i < 20; i++) {
        sale(
            "foodmart",
            null,
            WEST.get(random.nextInt(WEST.size())),
            "USD",
            LocalDate.of(1997, m, 1 + random.nextInt(28)),
            money(900, 3200, 4),
            late(m));
      }
    }
  }

  private record Invoice(
      String id,
      String customer,
      String region,
      String promotion,
      LocalDate due,
      BigDecimal[] open) {}

  private void meridian() {
    List<String> names =
        List.of(
            "Lianhe Transport",
            "Yongan Building",
            "Xinda Machinery",
            "Huixin Retail",
            "Dexin Hardware",
            "Dongsheng Electric",
            "Ruifeng Auto Parts",
            "Fuhua Trading",
            "Jinhe Trading",
            "Baolong Service",
            "Tianlu Logistics",
            "Guangyuan Oil",
            "Mingyuan Stores",
            "Hengtai Supply",
            "Haitong Lubricants",
            "Changfeng Motors",
            "Xingye Foods",
            "Anda Freight");
    for (int p = 0; p < 6; p++) {
      LocalDate start = LocalDate.of(2026, 1 + p * 2, 5);
      int m = start.getMonthValue();
      String id = "md-P" + (p + 1);
      promotion(
          "meridian",
          id,
          List.of(
                  "Spring Fair",
                  "Dealer Rebate",
                  "Summer Roadshow",
                  "Loyalty Days",
                  "Autumn Fair",
                  "Year-End Push")
              .get(p),
          MEDIA.get(p),
          start,
          start.plusDays(40),
          "CNY",
          m);
      for (String type : CLASSES) {
        cost(
            "meridian",
            id,
            type,
            CHINA.get(random.nextInt(4)),
            "CNY",
            start.plusDays(random.nextInt(20)),
            money(20_000, 140_000, 2),
            m);
      }
      participants("meridian", id, 12 + random.nextInt(40), m);
    }
    for (int c = 0; c < names.size(); c++) {
      String customer = "md-C" + (101 + c);
      String region = CHINA.get(c % 4);
      raw(
          "customers",
          "customer_registered",
          "meridian",
          customer,
          LocalDate.of(2026, 1, 1),
          1,
          "row(%s, %s, %s, cast(null as varchar))"
              .formatted(text(customer), text(names.get(c)), text(region)));
      history(customer, region, c);
    }
  }

  private void history(String customer, String region, int c) {
    List<Invoice> open = new ArrayList<>();
    boolean bad = c < 5;
    for (int m = 1; m <= MONTHS; m++) {
      for (int k = 0; k < 2; k++) {
        LocalDate day = LocalDate.of(2026, m, 3 + random.nextInt(22));
        String promotion = random.nextInt(3) == 0 ? "md-P" + (1 + (m - 1) / 2) : null;
        BigDecimal amount = money(40_000, 380_000, 2);
        String id = customer.replace("C", "I") + "-" + two(m) + k;
        Invoice invoice =
            new Invoice(
                id, customer, region, promotion, day.plusDays(45), new BigDecimal[] {amount});
        int cut = late(m);
        sale("meridian", promotion, region, "CNY", day, amount, cut);
        String evidence =
            raw(
                "receivables",
                "invoice_issued",
                "meridian",
                customer,
                day,
                cut,
                "row(%s, %s, cast(null as varchar), %s, %s, %s, 'CNY', array[row(1, %s, %s)])"
                    .formatted(
                        text(id),
                        text(customer),
                        text(region),
                        date(day),
                        date(invoice.due()),
                        text(promotion),
                        micros(amount)));
        posting(
            customer,
            "RECEIVABLE",
            "INVOICE",
            id,
            id,
            promotion,
            region,
            amount,
            day,
            invoice.due(),
            evidence,
            cut);
        posting(
            customer,
            "BILLED",
            "INVOICE",
            id,
            id,
            null,
            region,
            amount.negate(),
            day,
            invoice.due(),
            evidence,
            cut);
        open.add(invoice);
      }
      if (m > 1 && (!bad || random.nextInt(3) == 0)) {
        pay(customer, open, LocalDate.of(2026, m, 26), m, bad);
      }
      if (random.nextInt(9) == 0) {
        credit(customer, open, LocalDate.of(2026, m, 27), m);
      }
    }
  }

  private void pay(String customer, List<Invoice> open, LocalDate day, int m, boolean bad) {
    open.sort(Comparator.comparing(Invoice::due).thenComparing(Invoice::id));
    List<Invoice> due =
        open.stream()
            .filter(i -> i.open()[0].signum() > 0)
            .limit(bad ? 1 : 2 + random.nextInt(2))
            .toList();
    BigDecimal sum = due.stream().map(i -> i.open()[0]).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (sum.signum() == 0) {
      return;
    }
    BigDecimal extra = random.nextInt(12) == 0 ? money(1_000, 9_000, 2) : BigDecimal.ZERO;
    String id = customer.replace("C", "R") + "-" + two(m);
    String evidence =
        raw(
            "receivables",
            "payment_received",
            "meridian",
            customer,
            day,
            m,
            "row(%s, %s, %s, %s, 'CNY')"
                .formatted(text(id), text(customer), date(day), micros(sum.add(extra))));
    posting(
        customer,
        "CASH",
        "PAYMENT",
        id,
        id,
        null,
        due.getFirst().region(),
        sum.add(extra),
        day,
        null,
        evidence,
        m);
    for (Invoice i : due) {
      posting(
          customer,
          "RECEIVABLE",
          "PAYMENT",
          id,
          i.id(),
          i.promotion(),
          i.region(),
          i.open()[0].negate(),
          day,
          i.due(),
          evidence,
          m);
      collected(i, day, i.open()[0], BigDecimal.ZERO, m);
      i.open()[0] = BigDecimal.ZERO;
    }
    if (extra.signum() > 0) {
      posting(
          customer,
          "UNAPPLIED_CASH",
          "PAYMENT",
          id,
          id,
          null,
          due.getFirst().region(),
          extra.negate(),
          day,
          null,
          evidence,
          m);
    }
  }

  private void credit(String customer, List<Invoice> open, LocalDate day, int m) {
    open.stream()
        .filter(i -> i.open()[0].signum() > 0)
        .findFirst()
        .ifPresent(
            i -> {
              BigDecimal amount =
                  i.open()[0].multiply(new BigDecimal("0.1")).setScale(2, RoundingMode.DOWN);
              String id = customer.replace("C", "N") + "-" + two(m);
              String evidence =
                  raw(
                      "receivables",
                      "credit_note_issued",
                      "meridian",
                      customer,
                      day,
                      m,
                      "row(%s, %s, %s, %s, %s, 'CNY', 'damaged goods')"
                          .formatted(
                              text(id), text(customer), text(i.id()), date(day), micros(amount)));
              posting(
                  customer,
                  "RECEIVABLE",
                  "CREDIT_NOTE",
                  id,
                  i.id(),
                  i.promotion(),
                  i.region(),
                  amount.negate(),
                  day,
                  i.due(),
                  evidence,
                  m);
              posting(
                  customer,
                  "CREDITED",
                  "CREDIT_NOTE",
                  id,
                  i.id(),
                  null,
                  i.region(),
                  amount,
                  day,
                  null,
                  evidence,
                  m);
              collected(i, day, BigDecimal.ZERO, amount, m);
              i.open()[0] = i.open()[0].subtract(amount);
            });
  }

  private void collected(Invoice i, LocalDate day, BigDecimal cash, BigDecimal credited, int cut) {
    ledger(
        "meridian",
        i.promotion(),
        i.region(),
        null,
        "CNY",
        day,
        new BigDecimal[] {null, null, null, null, null, cash, credited},
        0,
        0,
        cut);
  }

  private void promotion(
      String company,
      String id,
      String name,
      List<String> media,
      LocalDate start,
      LocalDate end,
      String currency,
      int cut) {
    BigDecimal planned = money(4_000, 9_000, 2);
    raw(
        "promotions",
        "promotion_planned",
        company,
        id,
        start.minusDays(9),
        cut,
        "row(%s, %s, array[%s], cast(null as varchar), %s, %s, %s, %s)"
            .formatted(
                text(id),
                text(name),
                String.join(", ", media.stream().map(SampleLake::text).toList()),
                date(start),
                date(end),
                micros(planned),
                text(currency)));
    ledger(
        company,
        id,
        null,
        null,
        currency,
        start,
        new BigDecimal[] {null, planned, null, null, null, null, null},
        0,
        0,
        cut);
  }

  private void cost(
      String company,
      String id,
      String type,
      String region,
      String currency,
      LocalDate day,
      BigDecimal amount,
      int cut) {
    raw(
        "promotions",
        "promotion_cost_incurred",
        company,
        id,
        day,
        cut,
        "row(%s, %s, %s, %s, %s, %s)"
            .formatted(
                text(id), text(type), date(day), micros(amount), text(currency), text(region)));
    ledger(
        company,
        id,
        region,
        type,
        currency,
        day,
        new BigDecimal[] {amount, null, null, null, null, null, null},
        0,
        0,
        cut);
  }

  private void sale(
      String company,
      String promotion,
      String region,
      String currency,
      LocalDate day,
      BigDecimal amount,
      int cut) {
    BigDecimal goods =
        amount
            .multiply(BigDecimal.valueOf(350 + random.nextInt(120), 3))
            .setScale(4, RoundingMode.HALF_UP);
    BigDecimal units = BigDecimal.valueOf(1 + random.nextInt(90));
    boolean atSale = company.equals("foodmart");
    raw(
        "sales",
        "sale_recorded",
        company,
        company + "-S" + sequence,
        day,
        cut,
        "row(%s, %s, cast(null as varchar), %s, %s, %s, %s, array[row(1, 'product', %s, %s, %s, %s)])"
            .formatted(
                text(company + "-S" + sequence),
                text(company + "-C"),
                text(region),
                date(day),
                text(atSale ? "AT_SALE" : "ON_ACCOUNT"),
                text(currency),
                text(promotion),
                micros(units),
                micros(amount),
                micros(goods)));
    ledger(
        company,
        promotion,
        region,
        null,
        currency,
        day,
        new BigDecimal[] {null, null, amount, goods, units, atSale ? amount : null, null},
        1,
        0,
        cut);
  }

  private void participants(String company, String id, long count, int cut) {
    ledger(company, id, null, null, "", null, new BigDecimal[7], 0, count, cut);
  }

  private void ledger(
      String company,
      String promotion,
      String region,
      String type,
      String currency,
      LocalDate day,
      BigDecimal[] measures,
      long lines,
      long participants,
      int cut) {
    List<String> amounts = new ArrayList<>();
    for (BigDecimal m : measures) {
      amounts.add(decimal(m == null ? BigDecimal.ZERO : m));
    }
    add(
        "ledger.promotions",
        "(%s, %s, %s, %s, %s, %s, %s, %s, %s, 'PRM-10', 1, 'policy-1', %s, %s)"
            .formatted(
                text(company),
                text(promotion),
                text(region),
                text(type),
                text(currency),
                date(day),
                String.join(", ", amounts),
                lines,
                participants,
                EPOCH,
                BASE + cut));
  }

  private void posting(
      String customer,
      String account,
      String entry,
      String document,
      String item,
      String promotion,
      String region,
      BigDecimal amount,
      LocalDate day,
      LocalDate due,
      String evidence,
      int cut) {
    add(
        "ledger.receivables",
        "('meridian', %s, %s, %s, %s, %s, %s, %s, 'CNY', %s, %s, %s, 'ARX-2', %s, 1, 'policy-1', %s, %s)"
            .formatted(
                text(customer),
                text(account),
                text(entry),
                text(document),
                text(item),
                text(promotion),
                text(region),
                decimal(amount),
                date(day),
                date(due),
                text(evidence),
                EPOCH,
                BASE + cut));
  }

  private String raw(
      String topic,
      String type,
      String company,
      String subject,
      LocalDate day,
      int cut,
      String payload) {
    sequence++;
    String id = company + "-" + (1_000_000 + sequence);
    int partition = Math.floorMod(subject.hashCode(), 2);
    long offset = offsets.merge(topic + "-" + partition, 1L, Long::sum) - 1;
    readByTopicAndCut
        .computeIfAbsent(topic + "-" + partition, k -> new TreeMap<>())
        .merge(cut, 1L, Long::sum);
    Map<String, List<String>> structs =
        Map.of(
            "customers", List.of("customer_registered", "customer_merged", "customer_split"),
            "promotions",
                List.of("promotion_planned", "promotion_cost_incurred", "promotion_finished"),
            "sales", List.of("sale_recorded"),
            "receivables",
                List.of(
                    "invoice_issued",
                    "credit_note_issued",
                    "payment_received",
                    "payment_reversed"));
    List<String> columns = new ArrayList<>();
    structs.get(topic).forEach(s -> columns.add(s.equals(type) ? payload : "null"));
    columns.add("null");
    String instant = "timestamp '%s 10:00:00 UTC'".formatted(day);
    add(
        "raw." + topic,
        "('%s', %s, %s, %s, '%s', '%s', '%s', 1, 'h%s', %s, %s, '%s', 'sample', %s, 1, x'00', %s, %s, %s)"
            .formatted(
                topic,
                partition,
                offset,
                instant,
                id,
                id,
                camel(type),
                sequence,
                instant,
                instant,
                company,
                sequence,
                EPOCH,
                BASE + cut,
                String.join(", ", columns)));
    return id;
  }

  private void operations() {
    Map<String, Long> next = new TreeMap<>();
    for (int cut = 1; cut <= MONTHS + 1; cut++) {
      for (String place : readByTopicAndCut.keySet()) {
        long accepted = readByTopicAndCut.get(place).getOrDefault(cut, 0L);
        String topic = place.substring(0, place.lastIndexOf('-'));
        int partition = Integer.parseInt(place.substring(place.lastIndexOf('-') + 1));
        long duplicate = accepted / 20;
        long rejected = topic.equals("sales") && partition == 0 && cut % 3 == 0 ? 2 : 0;
        long superseded = topic.equals("promotions") && cut % 4 == 0 ? 1 : 0;
        long read = accepted + duplicate + rejected + superseded;
        long first = next.getOrDefault(place, 0L);
        next.put(place, first + read);
        add(
            "ops.accounting",
            "('%s', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
                .formatted(
                    topic,
                    partition,
                    first,
                    first + read,
                    read,
                    accepted,
                    duplicate,
                    superseded,
                    rejected,
                    EPOCH,
                    BASE + cut));
        for (int r = 0; r < rejected; r++) {
          boolean money = r == 0;
          add(
              "ops.rejected",
              "('%s', %s, %s, timestamp '2026-%s-25 10:00:00 UTC', '%s', '%s', '%s', %s, %s, x'7b7d', %s, %s)"
                  .formatted(
                      topic,
                      partition,
                      first + r,
                      Math.min(cut, 12),
                      money ? "negative_amount" : "unknown_currency",
                      money ? "lines[0].netAmountMicros" : "currency",
                      money
                          ? "the amount -12.50 is negative; send a credit note instead"
                          : "the currency USX is not in ISO 4217",
                      money ? "'sales-2026-" + two(cut) + ".csv'" : "null",
                      money ? "4711" : "null",
                      EPOCH,
                      BASE + cut));
        }
        for (int s = 0; s < superseded; s++) {
          add(
              "ops.superseded",
              "('%s', %s, %s, 'e%s', 'e%s', 'PromotionPlanned', 0, 'old', 1, %s, %s)"
                  .formatted(topic, partition, first + s, cut, cut, EPOCH, BASE + cut));
        }
      }
      YearMonth shop = YearMonth.of(1997, Math.min(cut, MONTHS));
      YearMonth dealer = YearMonth.of(2026, Math.min(cut, MONTHS));
      String offsetsAt = String.join(", ", next.keySet().stream().map(k -> "'" + k + "'").toList());
      String offsetValues =
          String.join(", ", next.values().stream().map(v -> "bigint '" + v + "'").toList());
      add(
          "ops.cuts",
          ("(%s, %s, %s, %s, 'LIVE', current_timestamp - interval '%s' minute, timestamp '%s 18:00:00 UTC', "
                  + "map(array['foodmart', 'meridian'], array[date '%s', date '%s']), map(array[%s], array[%s]), "
                  + "map(array['ledger.promotions', 'ledger.receivables'], array[bigint '%s', bigint '%s']), map(array['x'], array[bigint '1']))")
              .formatted(
                  BASE + cut,
                  cut,
                  EPOCH,
                  cut == 1 ? 0 : BASE + cut - 1,
                  (MONTHS + 1 - cut) * 2 + 1,
                  dealer.atEndOfMonth(),
                  shop.atEndOfMonth(),
                  dealer.atEndOfMonth(),
                  offsetsAt,
                  offsetValues,
                  count("ledger.promotions", cut),
                  count("ledger.receivables", cut)));
      if (cut <= MONTHS) {
        add(
            "ops.named_cuts",
            "('%s', %s, 'after the month''s last close', current_timestamp)"
                .formatted(shop, BASE + cut));
      }
      add(
          "ops.changes",
          "('receivables', 'meridian', 'md-C10%s', %s, %s, 'meridian-%s', 'InvoiceIssued', 1, %s, %s)"
              .formatted(
                  1 + cut % 9, 2 + cut % 3, 3 + cut % 3, 1_000_000 + cut * 37, EPOCH, BASE + cut));
    }
    add("ops.timeline", "(1, 'raw', 0, 9223372036854775807, current_timestamp)");
    add("ops.timeline", "(1, 'ledger', 0, 9223372036854775807, current_timestamp)");
  }

  private long count(String table, int cut) {
    String end = ", " + (BASE + cut) + ")";
    return rows.getOrDefault(table, List.of()).stream().filter(r -> r.endsWith(end)).count();
  }

  private int late(int m) {
    return m < MONTHS && random.nextInt(20) == 0 ? m + 1 : m;
  }

  private BigDecimal money(int from, int to, int digits) {
    long unit = BigDecimal.TEN.pow(digits).longValueExact();
    return BigDecimal.valueOf(
        from * unit + (long) (random.nextDouble() * (to - from) * unit), digits);
  }

  private void add(String table, String row) {
    rows.computeIfAbsent(table, t -> new ArrayList<>()).add(row);
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : String.valueOf(number);
  }

  private static long micros(BigDecimal amount) {
    return amount.movePointRight(6).longValueExact();
  }

  private static String text(String value) {
    return value == null ? "cast(null as varchar)" : "'" + value.replace("'", "''") + "'";
  }

  private static String date(LocalDate day) {
    return day == null ? "cast(null as date)" : "date '" + day + "'";
  }

  private static String decimal(BigDecimal value) {
    return "decimal '" + value.setScale(6, RoundingMode.UNNECESSARY).toPlainString() + "'";
  }

  private static String camel(String snake) {
    StringBuilder out = new StringBuilder();
    for (String part : List.of(snake.split("_", -1))) {
      out.append(part.substring(0, 1).toUpperCase(Locale.ROOT)).append(part.substring(1));
    }
    return out.toString();
  }
}
