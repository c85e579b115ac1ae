package dev.tributary.warehouse;

import dev.tributary.warehouse.ColumnType.ArrayOf;
import dev.tributary.warehouse.ColumnType.RowOf;
import java.math.BigDecimal;
import java.time.LocalDate;
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

  private static final Map<String, String> POLICY =
      Map.ofEntries(
          Map.entry("promotions.sale_without_invoice_is_collected", "true"),
          Map.entry("credit.base_currency", "CNY"),
          Map.entry("credit.rates.CNY", "1"),
          Map.entry("credit.near_limit_percent", "90"),
          Map.entry("credit.window_months", "12"),
          Map.entry("credit.zone", "UTC"),
          Map.entry("attribution.zone", "UTC"),
          Map.entry("attribution.call_purposes", "ENQUIRY"),
          Map.entry("attribution.default_channel", "unmapped"),
          Map.entry("attribution.channels.outdoor.kind", "PAID"),
          Map.entry("attribution.channels.outdoor.aliases", "billboard, poster"),
          Map.entry("attribution.channels.outdoor.utm", ""),
          Map.entry("attribution.channels.site.kind", "DIRECT"),
          Map.entry("attribution.channels.site.aliases", ""),
          Map.entry("attribution.channels.site.utm", "*/none, direct/*"),
          Map.entry("attribution.channels.peer.kind", "EXCLUDED"),
          Map.entry("attribution.channels.peer.aliases", ""),
          Map.entry("attribution.channels.peer.utm", ""),
          Map.entry("attribution.channels.unmapped.kind", "FREE"),
          Map.entry("attribution.channels.unmapped.aliases", ""),
          Map.entry("attribution.channels.unmapped.utm", ""),
          Map.entry("attribution.goals.contract.conversion", "CONTRACT"),
          Map.entry("attribution.goals.contract.first_only", "false"),
          Map.entry("attribution.goals.contract.valued", "true"),
          Map.entry("attribution.goals.contract.window_days", "4"),
          Map.entry("attribution.goals.contract.half_life_days", "1"),
          Map.entry("attribution.goals.contract.position_permille", "400, 200, 400"),
          Map.entry("attribution.goals.deposit.conversion", "DEPOSIT"),
          Map.entry("attribution.goals.deposit.first_only", "false"),
          Map.entry("attribution.goals.deposit.valued", "true"),
          Map.entry("attribution.goals.deposit.window_days", "4"),
          Map.entry("attribution.goals.deposit.half_life_days", "1"),
          Map.entry("attribution.goals.deposit.position_permille", "400, 200, 400"));

  private final Map<String, List<String>> rows = new LinkedHashMap<>();
  private final Map<String, Integer> offsets = new TreeMap<>();
  private final Map<Long, Books> booksAt = new TreeMap<>();
  private Books books = new Books();
  private String currency = "CNY";
  private long epoch;
  private long cut;

  /** An item on an account of receivables. */
  private record Item(String customer, String account, String id, String due) {}

  /** The address of a line of credit. */
  private record Address(
      String customer, String entry, String component, String item, String grade, String due) {}

  /** What the lines of receivables came to, and the lines of credit that follow from it. */
  private record Books(
      Map<Item, BigDecimal> open,
      Map<Item, BigDecimal> billed,
      Map<Item, BigDecimal> paidInTime,
      Map<Address, BigDecimal> credit) {

    Books() {
      this(
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>(),
          new LinkedHashMap<>());
    }

    Books copy() {
      return new Books(
          new LinkedHashMap<>(open),
          new LinkedHashMap<>(billed),
          new LinkedHashMap<>(paidInTime),
          new LinkedHashMap<>(credit));
    }
  }

  /** What follows is written by checkpoint {@code checkpoint} of {@code epoch}. */
  Story in(long epoch, long checkpoint) {
    this.epoch = epoch;
    this.cut = epoch * 1_000_000_000L + checkpoint;
    return this;
  }

  Story publish(long ordinal, String publishedAt, String watermark, String... closes) {
    credit(LocalDate.parse(closes[1]));
    return cut("" + ordinal, "LIVE", "true", publishedAt, watermark, closes);
  }

  /**
   * @param complete whether raw has been read back; null as on cuts from before the column
   */
  Story publishWhatIf(String complete, String publishedAt, String watermark, String... closes) {
    return cut("null", "WHAT_IF", complete, publishedAt, watermark, closes);
  }

  private Story cut(
      String ordinal,
      String mode,
      String complete,
      String publishedAt,
      String watermark,
      String... closes) {
    StringBuilder days = new StringBuilder("map_from_entries(cast(array[");
    for (int i = 0; i < closes.length; i += 2) {
      days.append(i == 0 ? "" : ", ")
          .append("row('%s', date '%s')".formatted(closes[i], closes[i + 1]));
    }
    days.append("] as array(row(varchar, date))))");
    return add(
        "ops.cuts",
        "%s, %s, %s, 0, '%s', timestamp '%s UTC', timestamp '%s UTC', %s, map(array['sales-0'], array[bigint '1']), map(array['ledger.promotions'], array[bigint '1']), map(), %s, %s"
            .formatted(
                cut, ordinal, epoch, mode, publishedAt, watermark, days, policy(), complete));
  }

  private static String policy() {
    Map<String, String> policy = new TreeMap<>(POLICY);
    return "map(array[%s], array[%s])"
        .formatted(
            policy.keySet().stream().map(Sql::text).collect(Collectors.joining(", ")),
            policy.values().stream().map(Sql::text).collect(Collectors.joining(", ")));
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
        .costPosted(promotion, costClass, region, day, cost);
  }

  /** In the ledger alone. */
  Story costPosted(String promotion, String costClass, String region, String day, String cost) {
    return promotionLine(
        "'%s', %s, '%s', 'CNY', date '%s', %s, 0, 0, 0, 0, 0, 0, 0, 0"
            .formatted(
                promotion, region == null ? "null" : "'" + region + "'", costClass, day, cost));
  }

  /** {@code -} stands for null. */
  Story channelCost(
      String id,
      int revision,
      String channel,
      String campaign,
      String region,
      String day,
      String cost,
      String currency) {
    return event(
        "promotions",
        id,
        revision,
        "ChannelCostIncurred",
        day + " 07:00:00",
        "'%s', %s, %s, date '%s', %s, '%s'"
            .formatted(channel, nullable(campaign), nullable(region), day, micros(cost), currency));
  }

  /** {@code -} stands for no promotion. */
  Story advertised(
      String id, String promotion, String region, String channel, String day, String cost) {
    return event(
        "promotions",
        id,
        "AdvertisementPublished",
        day + " 08:00:00",
        "'%1$s', %2$s, '%3$s', 'OUTDOOR', '%4$s', date '%5$s', date '%5$s', %6$s, 'CNY', 'boss'"
            .formatted(id, nullable(promotion), region, channel, day, micros(cost)));
  }

  Story rate(String id, int revision, String base, String quote, String day, String rate) {
    return event(
        "organisation",
        id,
        revision,
        "ExchangeRatePublished",
        day + " 06:00:00",
        "'%s', '%s', %s, date '%s'".formatted(base, quote, micros(rate), day));
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

  /** What an invoice says of its sale; {@code -} stands for null. */
  Story invoiceOf(String id, int revision, String contract, String seller, String issued) {
    return event(
        "receivables",
        id,
        revision,
        "InvoiceIssued",
        issued + " 09:00:00",
        "'%1$s', 'D1', null, null, date '%2$s', date '%2$s', 'CNY', null, %3$s, null, %4$s"
            .formatted(id, issued, nullable(contract), nullable(seller)));
  }

  Story contract(String id, int revision, String region, String signed, String net, String tax) {
    return event(
        "sales",
        "signed-" + id,
        revision,
        "ContractSigned",
        signed + " 10:00:00",
        "'%s', 'D1', null, null, null, '%s', null, date '%s', %s, %s, null, 'CNY'"
            .formatted(id, region, signed, micros(net), micros(tax)));
  }

  Story contractChanged(String id, String day, String net, String tax) {
    return event(
        "sales",
        "changed-" + id,
        "ContractChanged",
        day + " 10:00:00",
        "'%s', 'D1', date '%s', %s, %s, 'CNY'".formatted(id, day, micros(net), micros(tax)));
  }

  Story contractEnded(String id, String day) {
    return event(
        "sales",
        "ended-" + id,
        "ContractTerminated",
        day + " 10:00:00",
        "'%s', 'D1', date '%s'".formatted(id, day));
  }

  Story staff(String id, String name) {
    return event(
        "organisation",
        "joined-" + id,
        "StaffJoined",
        "2025-12-01 00:00:00",
        "'%s', '%s'".formatted(id, name));
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

  Story shipped(String id, String customer, String region, String day, String amount) {
    return event(
        "sales",
        id,
        "GoodsShipped",
        day + " 10:00:00",
        "'%s', '%s', null, null, null, '%s', null, date '%s', null, 'CNY', array[%s]"
            .formatted(
                id,
                customer,
                region,
                day,
                row(
                    lineOf("sales", "goods_shipped"),
                    "1, 'X', null, 1000000, %1$s, %1$s".formatted(micros(amount)))));
  }

  Story contacted(String id, String customer, String at, String channel) {
    return contacted(id, customer, "P1", at, channel);
  }

  Story contacted(String id, String customer, String promotion, String at, String channel) {
    return event(
        "contacts",
        id,
        "PromotionContactMade",
        at,
        "'%s', '%s', '%s', '%s', false, false".formatted(id, customer, promotion, channel));
  }

  /** Of the site, by the tags of the landing page. */
  Story browsed(String id, String customer, String at, String source, String medium) {
    return event(
        "contacts",
        id,
        "OnlineSessionRecorded",
        at,
        "'%s', '%s', 'v', timestamp '2026-06-01 00:00:00 UTC', 'somewhere', %s, %s, 'spring'"
            .formatted(id, customer, nullable(source), nullable(medium)));
  }

  Story deposited(String id, String customer, String at, String amount) {
    return event(
        "sales",
        "paid-" + id,
        "DepositPaid",
        at,
        "'%s', 'DEPOSIT', '%s', 'X', 'U', 'S', date '%s', %s, 'CNY'"
            .formatted(id, customer, at.substring(0, 10), micros(amount)));
  }

  Story depositReturned(String id, String customer, String at, String amount) {
    return event(
        "sales",
        "returned-" + id,
        "DepositRefunded",
        at,
        "'%s', '%s', date '%s', %s, 'CNY', 'changed plans'"
            .formatted(id, customer, at.substring(0, 10), micros(amount)));
  }

  Story limit(String id, String customer, String day, String amount, String currency) {
    return limit(id, customer, day, "null", amount, currency);
  }

  /** A limit of everything that holds through a day. */
  Story limitThrough(
      String id, String customer, String day, String through, String amount, String currency) {
    return limit(id, customer, day, "date '%s'".formatted(through), amount, currency);
  }

  private Story limit(
      String id, String customer, String day, String through, String amount, String currency) {
    return event(
        "receivables",
        id,
        "CreditLimitSet",
        day + " 09:00:00",
        "'CUSTOMER', '%s', null, date '%s', %s, %s, '%s', 'boss', 1"
            .formatted(customer, day, through, micros(amount), currency));
  }

  Story pledged(String id, String customer, String day, String value) {
    return event(
        "receivables",
        id,
        "CollateralPledged",
        day + " 09:00:00",
        "'%s', '%s', 'GOODS', date '%s', null, %s, 'CNY'"
            .formatted(id, customer, day, micros(value)));
  }

  /** A target for a month, in yuan. */
  Story target(
      String id,
      int version,
      String metric,
      String node,
      String whole,
      String month,
      String value) {
    return event(
        "organisation",
        id + "-" + version,
        "TargetSet",
        month + "-01 00:00:00",
        "'%1$s', %2$s, '%3$s', '%4$s', %5$s, date '%6$s-01', last_day_of_month(date '%6$s-01'), %7$s, 'CNY', 'boss', null"
            .formatted(id, version, metric, node, nullable(whole), month, micros(value)));
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

  /** The forked job's ledgers stand where they stood at a cut. */
  Story backAt(long cut) {
    books = booksAt.get(cut).copy();
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

  /** Receivables that are posted from now on are in this currency. */
  Story currency(String code) {
    this.currency = code;
    return this;
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
    if (List.of("RECEIVABLE", "UNAPPLIED_CASH", "FREE_CREDIT").contains(account)) {
      Item of = new Item(customer, account, item, due);
      BigDecimal moved = new BigDecimal(amount);
      books.open().merge(of, moved, BigDecimal::add);
      if (account.equals("RECEIVABLE")) {
        boolean pays = List.of("PAYMENT", "APPLICATION", "REVERSAL").contains(entry);
        if (!pays) {
          books.billed().merge(of, moved, BigDecimal::add);
        } else if (day.compareTo(due) <= 0) {
          books.paidInTime().merge(of, moved.negate(), BigDecimal::add);
        }
      }
    }
    return add(
        "ledger.receivables",
        "'acme', '%s', '%s', '%s', '%s', '%s', %s, %s, '%s', %s, date '%s', %s, 'ARX-2', '%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                account,
                entry,
                document,
                item,
                nullable(promotion),
                nullable(region),
                currency,
                amount,
                day,
                due.equals("-") ? "null" : "date '" + due + "'",
                evidence,
                epoch,
                cut));
  }

  /**
   * The lines of credit that follow from receivables when a day has passed, by a policy with one
   * grade.
   */
  private void credit(LocalDate closed) {
    Map<Address, BigDecimal> now = new LinkedHashMap<>();
    books
        .open()
        .forEach(
            (item, amount) -> {
              String component = item.account();
              if (component.equals("RECEIVABLE")) {
                component = LocalDate.parse(item.due()).isAfter(closed) ? "NOT_DUE" : "OVERDUE";
              }
              now.put(address(item, "EXPOSURE", component), amount);
            });
    books
        .billed()
        .forEach(
            (item, amount) -> {
              if (amount.signum() > 0 && !LocalDate.parse(item.due()).isAfter(closed)) {
                BigDecimal paid = books.paidInTime().getOrDefault(item, BigDecimal.ZERO);
                now.put(address(item, "FELL_DUE", "-"), amount);
                now.put(address(item, "PAID_IN_TIME", "-"), paid.max(BigDecimal.ZERO).min(amount));
                now.put(graded(item, "unrated"), BigDecimal.ONE.negate());
                now.put(graded(item, "D"), BigDecimal.ONE);
              }
            });
    Map<Address, BigDecimal> moved = new LinkedHashMap<>(now);
    books.credit().forEach((line, amount) -> moved.merge(line, amount.negate(), BigDecimal::add));
    moved.forEach(
        (line, amount) -> {
          if (amount.signum() != 0) {
            boolean counts = line.entry().equals("GRADE");
            credit(
                line.customer(),
                line.entry(),
                line.component(),
                line.item(),
                line.grade(),
                "-",
                "-",
                counts ? "0" : amount.toPlainString(),
                counts ? amount.intValueExact() : 0,
                line.due(),
                closed.toString());
          }
        });
    books = new Books(books.open(), books.billed(), books.paidInTime(), now);
    booksAt.put(cut, books.copy());
  }

  private static Address address(Item item, String entry, String component) {
    return new Address(item.customer(), entry, component, item.id(), "-", item.due());
  }

  private static Address graded(Item item, String grade) {
    return new Address(item.customer(), "GRADE", "COLLECTION_RATE", "-", grade, "-");
  }

  /** A line of the debtor's own limit of everything. */
  Story ownLimit(String customer, String amount, String currency, int count, String day) {
    return add(
        "ledger.credit",
        "'acme', '%s', 'LIMIT', null, null, null, null, null, null, '%s', %s, %s, null, date '%s', 'CRD-6', 'day:%s', 1, 'p', %s, %s"
            .formatted(customer, currency, amount, count, day, day, epoch, cut));
  }

  /** A line of credit in yuan; {@code -} stands for null. */
  Story credit(
      String customer,
      String entry,
      String component,
      String item,
      String grade,
      String alert,
      String step,
      String amount,
      int count,
      String due,
      String day) {
    return add(
        "ledger.credit",
        "'acme', '%s', '%s', %s, %s, %s, %s, %s, %s, 'CNY', %s, %s, %s, date '%s', 'CRD-8', 'day:%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                entry,
                nullable(component),
                nullable(item),
                nullable(grade),
                nullable(alert),
                nullable(step),
                alert.equals("-") ? "null" : "timestamp '2026-04-20 10:00:00 UTC'",
                amount,
                count,
                due.equals("-") ? "null" : "date '" + due + "'",
                day,
                day,
                epoch,
                cut));
  }

  /**
   * A line of a deposit's attribution; {@code -} stands for null.
   *
   * @param credit of each model, in the order of the columns
   * @param revenue likewise
   */
  Story attributed(
      String customer,
      String deposit,
      String convertedAt,
      String touch,
      String touchedAt,
      String channel,
      String credit,
      int touches,
      String revenue,
      String day) {
    return attributed(
        customer,
        deposit,
        convertedAt,
        touch,
        touchedAt,
        channel,
        "-",
        credit,
        touches,
        revenue,
        day);
  }

  Story attributed(
      String customer,
      String deposit,
      String convertedAt,
      String touch,
      String touchedAt,
      String channel,
      String campaign,
      String credit,
      int touches,
      String revenue,
      String day) {
    return add(
        "ledger.attribution",
        "'acme', '%s', 'deposit', '%s', 'FIRST', timestamp '%s UTC', date '%s', null, %s, %s, %s, %s, %s, null, null, null, null, null, null, %s, %s, 'CNY', %s, date '%s', 'ATR-3', 'paid-%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                deposit,
                convertedAt,
                convertedAt.substring(0, 10),
                nullable(touch),
                touch.equals("-") ? "null" : "timestamp '" + touchedAt + " UTC'",
                touch.equals("-") ? "null" : "'PROMOTION_CONTACT'",
                nullable(channel),
                nullable(campaign),
                touches,
                credit,
                revenue,
                day,
                deposit,
                epoch,
                cut));
  }

  /**
   * A line of a contract's attribution to one touch, or to none; {@code -} stands for null.
   *
   * @param credit of each model, in the order of the columns
   * @param revenue likewise
   */
  Story earned(
      String customer,
      String contract,
      String convertedAt,
      String channel,
      String campaign,
      String credit,
      String currency,
      String revenue,
      String day) {
    return add(
        "ledger.attribution",
        "'acme', '%s', 'contract', '%s', 'FIRST', timestamp '%s UTC', date '%s', null, %s, %s, %s, %s, %s, null, null, null, null, null, null, 0, %s, '%s', %s, date '%s', 'ATR-3', 'signed-%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                contract,
                convertedAt,
                convertedAt.substring(0, 10),
                channel.equals("-") ? "null" : "'" + contract + "-" + channel + "'",
                channel.equals("-") ? "null" : "timestamp '" + convertedAt + " UTC'",
                channel.equals("-") ? "null" : "'VISIT'",
                nullable(channel),
                nullable(campaign),
                credit,
                currency,
                revenue,
                day,
                contract,
                epoch,
                cut));
  }

  /** A touch that no conversion has reached, a journey of its own. */
  Story waits(String customer, String touch, String touchedAt, String channel) {
    String nothing = "0, 0, 0, 0, 0, 0, 0, 0, 0";
    return add(
        "ledger.attribution",
        "'acme', '%s', 'deposit', null, null, null, null, '%s', '%s', timestamp '%s UTC', 'PROMOTION_CONTACT', '%s', null, null, null, null, null, null, null, 1, %s, null, %s, date '%s', 'ATR-3', '%s', 1, 'p', %s, %s"
            .formatted(
                customer,
                touch,
                touch,
                touchedAt,
                channel,
                nothing,
                nothing,
                touchedAt.substring(0, 10),
                touch,
                epoch,
                cut));
  }

  private static String nullable(String text) {
    return text.equals("-") ? "null" : "'" + text + "'";
  }

  private static long micros(String amount) {
    return new BigDecimal(amount).movePointRight(6).longValueExact();
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
