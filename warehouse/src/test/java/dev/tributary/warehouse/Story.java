package dev.tributary.warehouse;

import dev.tributary.warehouse.ColumnType.ArrayOf;
import dev.tributary.warehouse.ColumnType.RowOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A lake written by hand: rows as the job would have left them, one insert per table. Amounts are
 * text, as a person writes them.
 */
final class Story {

  private static final Map<String, Map<String, RowOf>> RAW =
      Definitions.load().tables().stream()
          .filter(table -> table.namespace().equals("raw"))
          .collect(Collectors.toMap(TableDefinition::name, Story::eventsOf));

  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final Map<String, Integer> offsets = new TreeMap<>();
  private long epoch;
  private long cut;

  /** What follows is written by checkpoint {@code checkpoint} of {@code epoch}. */
  Story in(long epoch, long checkpoint) {
    this.epoch = epoch;
    this.cut = epoch * 1_000_000_000L + checkpoint;
    return this;
  }

  Story publish(long ordinal, String publishedAt, String watermark, String... closes) {
    StringBuilder days = new StringBuilder("map_from_entries(cast(array[");
    for (int i = 0; i < closes.length; i += 2) {
      days.append(i == 0 ? "" : ", ")
          .append("row('%s', date '%s')".formatted(closes[i], closes[i + 1]));
    }
    days.append("] as array(row(varchar, date))))");
    return add(
        "ops.cuts",
        "%s, %s, %s, 0, 'LIVE', timestamp '%s UTC', timestamp '%s UTC', %s, map(array['sales-0'], array[bigint '1']), map(array['ledger.promotions'], array[bigint '1']), map(), map(array['promotions.sale_without_invoice_is_collected'], array['true'])"
            .formatted(cut, ordinal, epoch, publishedAt, watermark, days));
  }

  Story timeline(long ofEpoch, long fromCut, long toCut) {
    for (String layer : List.of("raw", "ledger")) {
      add(
          "ops.timeline",
          "%s, '%s', %s, %s, timestamp '2026-01-01 00:00:00 UTC'"
              .formatted(ofEpoch, layer, fromCut, toCut));
    }
    return this;
  }

  Story named(String name) {
    return add(
        "ops.named_cuts",
        "'%s', %s, 'by hand', timestamp '2026-06-01 00:00:00 UTC'".formatted(name, cut));
  }

  // ---- raw -----------------------------------------------------------------

  Story registered(String customer, String name, String region) {
    return event(
        "customers",
        "registered-" + customer,
        "CustomerRegistered",
        "2025-12-01 00:00:00",
        "'%s', '%s', '%s'".formatted(customer, name, region));
  }

  Story merged(String id, String customer, String duplicate) {
    return event(
        "customers",
        id,
        "CustomerMerged",
        "2026-04-02 00:00:00",
        "'%s', '%s', 'same phone'".formatted(customer, duplicate));
  }

  Story split(String id, String merge) {
    return event(
        "customers",
        id,
        "CustomerSplit",
        "2026-04-03 00:00:00",
        "'%s', 'it was a brother'".formatted(merge));
  }

  Story planned(String promotion, String name, String media, String starts, String cost) {
    return event(
            "promotions",
            "planned-" + promotion,
            "PromotionPlanned",
            "2025-12-10 00:00:00",
            "'%s', '%s', array[%s], null, date '%s', date '2026-12-31', %s, 'CNY'"
                .formatted(promotion, name, media, starts, micros(cost)))
        .promotionLine(
            "'%s', null, null, 'CNY', date '%s', 0, %s, 0, 0, 0, 0, 0, 0, 0"
                .formatted(promotion, starts, cost));
  }

  Story cost(
      String id, String promotion, String costClass, String region, String day, String cost) {
    String at = region == null ? "null" : "'" + region + "'";
    return event(
            "promotions",
            id,
            "PromotionCostIncurred",
            day + " 00:00:00",
            "'%s', '%s', date '%s', %s, 'CNY', %s"
                .formatted(promotion, costClass, day, micros(cost), at))
        .promotionLine(
            "'%s', %s, '%s', 'CNY', date '%s', %s, 0, 0, 0, 0, 0, 0, 0, 0"
                .formatted(promotion, at, costClass, day, cost));
  }

  /** Lines are {@code promotion or -, units, sales, cost of goods}, four texts each. */
  Story sale(
      String id,
      int revision,
      String customer,
      String region,
      String day,
      String settlement,
      String... lines) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < lines.length; i += 4) {
      items
          .append(i == 0 ? "" : ", ")
          .append(
              row(
                  lineOf("sales", "sale_recorded"),
                  "%s, 'X', %s, %s, %s, %s"
                      .formatted(
                          i / 4 + 1,
                          nullable(lines[i]),
                          micros(lines[i + 1]),
                          micros(lines[i + 2]),
                          micros(lines[i + 3]))));
    }
    return event(
        "sales",
        id,
        revision,
        "SaleRecorded",
        day + " 10:00:00",
        "'%s', '%s', null, '%s', date '%s', '%s', 'CNY', array[%s]"
            .formatted(id, customer, region, day, settlement, items));
  }

  /** Lines are {@code promotion or -, amount}, two texts each. */
  Story invoice(
      String id, String customer, String region, String issued, String due, String... lines) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < lines.length; i += 2) {
      items
          .append(i == 0 ? "" : ", ")
          .append(
              row(
                  lineOf("receivables", "invoice_issued"),
                  "%s, %s, %s".formatted(i / 2 + 1, nullable(lines[i]), micros(lines[i + 1]))));
    }
    return event(
        "receivables",
        id,
        "InvoiceIssued",
        issued + " 09:00:00",
        "'%s', '%s', null, '%s', date '%s', date '%s', 'CNY', array[%s]"
            .formatted(id, customer, region, issued, due, items));
  }

  Story creditNote(String id, String customer, String invoice, String day, String amount) {
    return event(
        "receivables",
        id,
        "CreditNoteIssued",
        day + " 09:00:00",
        "'%s', '%s', %s, date '%s', %s, 'CNY', 'damaged'"
            .formatted(id, customer, nullable(invoice), day, micros(amount)));
  }

  /** Allocations are {@code invoice, amount}, two texts each. */
  Story payment(String id, String customer, String day, String amount, String... allocations) {
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < allocations.length; i += 2) {
      items
          .append(i == 0 ? "array[" : ", ")
          .append(
              row(
                  (RowOf)
                      ((ArrayOf)
                              RAW.get("receivables")
                                  .get("payment_received")
                                  .fields()
                                  .get("allocations"))
                          .element(),
                  "%s, '%s', %s".formatted(i / 2 + 1, allocations[i], micros(allocations[i + 1]))));
    }
    return event(
        "receivables",
        id,
        "PaymentReceived",
        day + " 09:00:00",
        "'%s', '%s', date '%s', %s, 'CNY', null, %s"
            .formatted(id, customer, day, micros(amount), items.isEmpty() ? "null" : items + "]"));
  }

  Story reversal(String id, String payment, String customer, String day) {
    return event(
        "receivables",
        id,
        "PaymentReversed",
        day + " 09:00:00",
        "'%s', '%s', date '%s', 'bounced'".formatted(payment, customer, day));
  }

  Story rejected(String topic, String reason) {
    int offset = next(topic);
    add(
        "ops.rejected",
        "'%s', 0, %s, timestamp '2026-02-01 00:00:00 UTC', '%s', null, 'bytes are no Avro', null, null, X'00', %s, %s"
            .formatted(topic, offset, reason, epoch, cut));
    return accounting(topic, offset, offset + 1, 1, 0, 0, 0, 1);
  }

  /**
   * The record rejected at {@code of} was sent again and read, here as one that was there before.
   */
  Story replayed(String topic, int of) {
    add(
        "ops.replays",
        "'%s', 0, %s, '%s', 0, %s, null, %s, %s"
            .formatted(topic, offset(topic), topic, of, epoch, cut));
    return duplicate(topic);
  }

  Story duplicate(String topic) {
    int offset = next(topic);
    return accounting(topic, offset, offset + 1, 1, 0, 1, 0, 0);
  }

  /** The version {@code revision} of an event, read before, lost to one that came after. */
  Story superseded(String topic, String id, int revision) {
    add(
        "ops.superseded",
        "'%s', 0, 0, '%s', '%s', 'SaleRecorded', %s, '%s', 1, %s, %s"
            .formatted(topic, id, id, revision, hash(id, revision), epoch, cut));
    return accounting(topic, 0, 0, 0, -1, 0, 1, 0);
  }

  private Story event(String topic, String id, String type, String at, String values) {
    return event(topic, id, 0, type, at, values);
  }

  /** The event's own column holds {@code values}, in the order of its first fields. */
  private Story event(
      String topic, String id, int revision, String type, String at, String values) {
    int offset = next(topic);
    String eventId = revision == 0 ? id : id + "-revision-" + revision;
    String column = DefinitionsTest.snake(type);
    String structs =
        RAW.get(topic).entrySet().stream()
            .map(raw -> raw.getKey().equals(column) ? row(raw.getValue(), values) : "null")
            .collect(Collectors.joining(", "));
    add(
        "raw." + topic,
        "'%s', 0, %s, timestamp '2026-06-01 00:00:00 UTC', '%s', '%s', '%s', %s, '%s', timestamp '%s UTC', timestamp '%s UTC', 'acme', 'story', %s, 1, X'00', %s, %s, %s"
            .formatted(
                topic,
                offset,
                eventId,
                id,
                type,
                revision,
                hash(id, revision),
                at,
                at,
                offset,
                epoch,
                cut,
                structs));
    return accounting(topic, offset, offset + 1, 1, 1, 0, 0, 0);
  }

  /** The columns of a raw table that hold one type of event each. */
  private static Map<String, RowOf> eventsOf(TableDefinition table) {
    Map<String, RowOf> events = new LinkedHashMap<>();
    for (TableDefinition.Column column : table.columns()) {
      if (ColumnType.parse(column.type()) instanceof RowOf row) {
        events.put(column.name(), row);
      }
    }
    return events;
  }

  private static RowOf lineOf(String topic, String column) {
    return (RowOf) ((ArrayOf) RAW.get(topic).get(column).fields().get("lines")).element();
  }

  /** A row whose first fields are given; the others, which schemas got later, are null. */
  private static String row(RowOf type, String values) {
    return "cast(row(%s%s) as %s)"
        .formatted(values, ", null".repeat(type.fields().size() - count(values)), type);
  }

  private static int count(String values) {
    int depth = 0;
    int count = 1;
    for (char c : values.replaceAll("'[^']*'", "").toCharArray()) {
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      count += c == ',' && depth == 0 ? 1 : 0;
    }
    return count;
  }

  private static String hash(String id, int revision) {
    return "0".repeat(16) + java.util.HexFormat.of().toHexDigits((long) (id + revision).hashCode());
  }

  private int next(String topic) {
    int offset = offsets.getOrDefault(topic, 0);
    offsets.put(topic, offset + 1);
    return offset;
  }

  /** The forked job reads the topic again from where its savepoint stood. */
  Story rewind(String topic, int offset) {
    offsets.put(topic, offset);
    return this;
  }

  int offset(String topic) {
    return offsets.getOrDefault(topic, 0);
  }

  private Story accounting(
      String topic,
      int first,
      int next,
      int read,
      int accepted,
      int duplicate,
      int superseded,
      int rejected) {
    return add(
        "ops.accounting",
        "'%s', 0, %s, %s, %s, %s, %s, %s, %s, %s, %s"
            .formatted(
                topic, first, next, read, accepted, duplicate, superseded, rejected, epoch, cut));
  }

  // ---- ledger --------------------------------------------------------------

  Story survivor(String customer, String survivor, int members) {
    return add(
        "ledger.identity",
        "'acme', '%s', '%s', %s, 1, 'p', %s, %s"
            .formatted(customer, survivor, members, epoch, cut));
  }

  /** A line of sales at an address. */
  Story sold(
      String promotion,
      String region,
      String day,
      String sales,
      String costOfGoods,
      String units,
      String collected,
      int lines) {
    return promotionLine(
        "%s, '%s', null, 'CNY', date '%s', 0, 0, %s, %s, %s, %s, 0, %s, 0"
            .formatted(
                nullable(promotion), region, day, sales, costOfGoods, units, collected, lines));
  }

  Story receipt(String promotion, String region, String day, String collected, String credited) {
    return promotionLine(
        "%s, '%s', null, 'CNY', date '%s', 0, 0, 0, 0, 0, %s, %s, 0, 0"
            .formatted(nullable(promotion), region, day, collected, credited));
  }

  Story participants(String promotion, int count) {
    return promotionLine(
        "'%s', null, null, '', null, 0, 0, 0, 0, 0, 0, 0, 0, %s".formatted(promotion, count));
  }

  private Story promotionLine(String values) {
    return add(
        "ledger.promotions", "'acme', %s, 'PRM-10', 1, 'p', %s, %s".formatted(values, epoch, cut));
  }

  /** A line of receivables; {@code -} stands for null. */
  Story posts(
      String customer,
      String account,
      String entry,
      String document,
      String item,
      String promotion,
      String region,
      String amount,
      String day,
      String due,
      String evidence) {
    return add(
        "ledger.receivables",
        "'acme', '%s', '%s', '%s', '%s', '%s', %s, %s, 'CNY', %s, date '%s', %s, 'ARX-2', '%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                account,
                entry,
                document,
                item,
                nullable(promotion),
                nullable(region),
                amount,
                day,
                due.equals("-") ? "null" : "date '" + due + "'",
                evidence,
                epoch,
                cut));
  }

  private static String nullable(String text) {
    return text.equals("-") ? "null" : "'" + text + "'";
  }

  private static long micros(String amount) {
    return new java.math.BigDecimal(amount).movePointRight(6).longValueExact();
  }

  private Story add(String table, String values) {
    rows.computeIfAbsent(table, name -> new ArrayList<>()).add("(" + values + ")");
    return this;
  }

  void writeTo(Sql sql) {
    rows.forEach(
        (table, values) ->
            sql.run("insert into %s values%n%s".formatted(table, String.join(",\n", values))));
    rows.clear();
  }
}
