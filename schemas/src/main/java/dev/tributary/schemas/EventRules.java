package dev.tributary.schemas;

import dev.tributary.events.CollateralPledged;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.ExchangeRatePublished;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceInstalment;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.ShipmentLine;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificRecord;

/**
 * What every value of every event must keep, beside its type. The rules follow from a field's name
 * and type, so that a new event is checked as soon as it has a schema:
 *
 * <ul>
 *   <li>{@code …_micros}: not negative, at most {@value #MAX_MICROS};
 *   <li>{@code currency}, {@code …_currency}: an ISO 4217 code; {@code zone}: an IANA time zone;
 *   <li>{@code …_id}, {@code company}, {@code source}, {@code region}: not blank;
 *   <li>{@code revision}, {@code source_sequence}, {@code line}, {@code …_count}, {@code
 *       …_seconds}, {@code …_permille}: not negative;
 *   <li>a list of records: not empty; its {@code line_no}: from 1, none twice;
 *   <li>a list of texts: none blank; dates and instants: in the years 1900 to 9999.
 * </ul>
 *
 * <p>Beside these stand the few that compare fields of one event.
 */
final class EventRules {

  /** The largest amount or quantity, in millionths: sums of many still fit decimal(18,6). */
  static final long MAX_MICROS = 100_000_000_000_000_000L;

  private static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 12, 31);
  private static final Instant EARLIEST_INSTANT = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant LATEST_INSTANT = Instant.parse("9999-12-31T00:00:00Z");
  private static final Set<String> NO_CURRENCIES = Set.of("XXX", "XTS");
  private static final Set<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .filter(code -> !NO_CURRENCIES.contains(code))
          .collect(Collectors.toUnmodifiableSet());
  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
  private static final Set<String> NEVER_BLANK = Set.of("company", "source", "region", "corrects");
  private static final Set<String> NEVER_NEGATIVE = Set.of("revision", "source_sequence", "line");

  private static final List<String> SUFFIXES_NEVER_NEGATIVE =
      List.of("_count", "_seconds", "_permille");

  /** The parts of a debtor's exposure that a limit can be set for. */
  private static final List<String> EXPOSURES =
      List.of("NOT_DUE", "OVERDUE", "SHIPPED_NOT_INVOICED", "UNAPPLIED_CASH", "FREE_CREDIT");

  /** One check of one value; null when it holds. */
  private interface Check {
    Decoded.Bad violation(Object value, String path);
  }

  private final Map<String, Check> checks = new HashMap<>();

  EventRules(EventCatalog catalog) {
    for (EventType type : catalog.types()) {
      checks.put(type.name(), record(type.schema()));
    }
  }

  /** The first rule, in the order of the fields, that {@code record} breaks. */
  Optional<Decoded.Bad> firstViolation(EventType type, SpecificRecord record) {
    Decoded.Bad bad = checks.get(type.name()).violation(record, "");
    return Optional.ofNullable(bad != null ? bad : betweenFields(record));
  }

  private static Decoded.Bad betweenFields(SpecificRecord record) {
    return switch (record) {
      case CustomerMerged merged -> merged(merged);
      case PromotionPlanned planned -> planned(planned);
      case InvoiceIssued invoice -> invoice(invoice);
      case PaymentReceived payment -> payment(payment);
      case GoodsShipped shipped ->
          together(total(shipped.getLines(), ShipmentLine::getNetAmountMicros));
      case GoodsReturned returned ->
          together(total(returned.getLines(), ReturnLine::getNetAmountMicros));
      case CreditLimitSet limit -> limit(limit);
      case CollateralPledged pledge -> pledge(pledge);
      case ExchangeRatePublished rate -> rate(rate);
      default -> null;
    };
  }

  private static Decoded.Bad merged(CustomerMerged merged) {
    return merged.getCustomerId().equals(merged.getDuplicateId())
        ? new Decoded.Bad(
            RejectReason.MERGE_INTO_ITSELF,
            "duplicate_id",
            "Customer '%s' is merged with itself. Name two different ids."
                .formatted(merged.getCustomerId()))
        : null;
  }

  private static Decoded.Bad planned(PromotionPlanned planned) {
    return planned.getEndsOn().isBefore(planned.getStartsOn())
        ? new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "ends_on",
            "The promotion ends on %s, before it starts on %s. Correct one of the two."
                .formatted(planned.getEndsOn(), planned.getStartsOn()))
        : null;
  }

  private static Decoded.Bad invoice(InvoiceIssued invoice) {
    long billed = total(invoice.getLines(), InvoiceLine::getAmountMicros);
    Decoded.Bad tooMuch = together(billed);
    if (tooMuch != null) {
      return tooMuch;
    }

    if (invoice.getDueOn().isBefore(invoice.getIssuedOn())) {
      return dueBeforeIssued("due_on", invoice.getDueOn(), invoice);
    }

    return invoice.getInstalments() == null ? null : instalments(invoice, billed);
  }

  private static Decoded.Bad together(long lines) {
    return lines <= MAX_MICROS
        ? null
        : new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "lines",
            "The lines are above the largest amount, %s, together. Check their decimal places."
                .formatted(mainUnits(MAX_MICROS)));
  }

  private static Decoded.Bad instalments(InvoiceIssued invoice, long billed) {
    for (int i = 0; i < invoice.getInstalments().size(); i++) {
      InvoiceInstalment instalment = invoice.getInstalments().get(i);
      if (instalment.getDueOn().isBefore(invoice.getIssuedOn())) {
        return dueBeforeIssued(
            "instalments[%s].due_on".formatted(i), instalment.getDueOn(), invoice);
      }
    }

    long due = total(invoice.getInstalments(), InvoiceInstalment::getAmountMicros);
    return due == billed
        ? null
        : new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "instalments",
            "The instalments are %s together, the lines %s. Correct one of the two."
                .formatted(mainUnits(due), mainUnits(billed)));
  }

  private static Decoded.Bad dueBeforeIssued(String field, LocalDate due, InvoiceIssued invoice) {
    return new Decoded.Bad(
        RejectReason.INVALID_VALUE,
        field,
        "It is due on %s, before it is issued on %s. Correct one of the two."
            .formatted(due, invoice.getIssuedOn()));
  }

  private static Decoded.Bad payment(PaymentReceived payment) {
    if (payment.getAllocations() == null) {
      return null;
    }

    long allocated = total(payment.getAllocations(), PaymentAllocation::getAmountMicros);
    return allocated <= payment.getAmountMicros()
        ? null
        : new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "allocations",
            "%s are allocated of a payment of %s. Allocate at most what was paid."
                .formatted(mainUnits(allocated), mainUnits(payment.getAmountMicros())));
  }

  private static Decoded.Bad limit(CreditLimitSet limit) {
    if (limit.getComponent() != null && !EXPOSURES.contains(limit.getComponent())) {
      return new Decoded.Bad(
          RejectReason.INVALID_VALUE,
          "component",
          "'%s' is no part of the exposure. Leave it out for all of it, or use one of %s."
              .formatted(limit.getComponent(), String.join(", ", EXPOSURES)));
    }

    return endsBefore("limit", limit.getEndsOn(), limit.getEffectiveOn());
  }

  private static Decoded.Bad pledge(CollateralPledged pledge) {
    return endsBefore("collateral", pledge.getEndsOn(), pledge.getPledgedOn());
  }

  private static Decoded.Bad rate(ExchangeRatePublished rate) {
    if (rate.getBaseCurrency().equals(rate.getQuoteCurrency())) {
      return new Decoded.Bad(
          RejectReason.INVALID_VALUE,
          "quote_currency",
          "%s is valued in itself. Name two currencies.".formatted(rate.getBaseCurrency()));
    }

    return rate.getRateMicros() > 0
        ? null
        : new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "rate_micros",
            "A rate of 0 makes every amount nothing. Give what one %s is worth in %s."
                .formatted(rate.getBaseCurrency(), rate.getQuoteCurrency()));
  }

  private static Decoded.Bad endsBefore(String what, LocalDate endsOn, LocalDate begins) {
    return endsOn == null || !endsOn.isBefore(begins)
        ? null
        : new Decoded.Bad(
            RejectReason.INVALID_VALUE,
            "ends_on",
            "The %s ends on %s, before its first day, %s. Correct one of the two."
                .formatted(what, endsOn, begins));
  }

  /** The sum; stops where it leaves the range of amounts, before it could overflow. */
  private static <T> long total(List<T> parts, ToLongFunction<T> amount) {
    long total = 0;
    for (T part : parts) {
      total = Math.min(total + amount.applyAsLong(part), MAX_MICROS + 1);
    }

    return total;
  }

  private static Check record(Schema schema) {
    record FieldCheck(int position, String name, Check check) {}

    List<FieldCheck> found = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      Check check = field(field.name(), field.schema());
      if (check != null) {
        found.add(new FieldCheck(field.pos(), field.name(), check));
      }
    }

    FieldCheck[] fields = found.toArray(FieldCheck[]::new);
    return (value, path) -> {
      IndexedRecord record = (IndexedRecord) value;
      for (FieldCheck field : fields) {
        Decoded.Bad bad = field.check().violation(record.get(field.position()), field.name());
        if (bad != null) {
          return path.isEmpty()
              ? bad
              : new Decoded.Bad(bad.reason(), path + "." + bad.field(), bad.message());
        }
      }

      return null;
    };
  }

  private static Check field(String name, Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case UNION -> nullable(field(name, schema.getTypes().get(1)));
      case ARRAY -> list(schema.getElementType());
      case STRING -> text(name);
      case LONG, INT -> number(name, schema);
      default -> null;
    };
  }

  private static Check nullable(Check present) {
    return present == null
        ? null
        : (value, path) -> value == null ? null : present.violation(value, path);
  }

  private static Check text(String name) {
    if (name.equals("currency") || name.endsWith("_currency")) {
      return (value, path) ->
          CURRENCIES.contains(value)
              ? null
              : new Decoded.Bad(
                  RejectReason.UNKNOWN_CURRENCY,
                  path,
                  "'%s' is no currency. Use a code of ISO 4217, such as USD or CNY."
                      .formatted(value));
    }

    if (name.equals("zone")) {
      return (value, path) ->
          ZONES.contains(value)
              ? null
              : new Decoded.Bad(
                  RejectReason.INVALID_VALUE,
                  path,
                  "'%s' is no time zone. Use an IANA name, such as Asia/Shanghai."
                      .formatted(value));
    }

    if (name.endsWith("_id") || NEVER_BLANK.contains(name)) {
      return (value, path) ->
          ((String) value).isBlank()
              ? new Decoded.Bad(
                  RejectReason.MISSING_FIELD,
                  path,
                  "'%s' is blank. Give it a value.".formatted(path))
              : null;
    }

    return null;
  }

  private static Check number(String name, Schema schema) {
    if (schema.getLogicalType() != null) {
      return switch (schema.getLogicalType().getName()) {
        case "date" -> (value, path) -> date((LocalDate) value, path);
        case "timestamp-micros" -> (value, path) -> instant((Instant) value, path);
        default -> null;
      };
    }

    if (name.endsWith("_micros")) {
      return (value, path) -> amount((Long) value, path);
    }

    if (NEVER_NEGATIVE.contains(name)
        || SUFFIXES_NEVER_NEGATIVE.stream().anyMatch(name::endsWith)) {
      return (value, path) ->
          ((Number) value).longValue() < 0
              ? new Decoded.Bad(
                  RejectReason.INVALID_VALUE,
                  path,
                  "%s is below zero. Count from 0.".formatted(value))
              : null;
    }

    return null;
  }

  private static Decoded.Bad amount(long micros, String path) {
    if (micros < 0) {
      return new Decoded.Bad(
          RejectReason.NEGATIVE_AMOUNT,
          path,
          "%s is below zero. Send a credit note or a reversal instead of a negative amount."
              .formatted(mainUnits(micros)));
    }

    if (micros > MAX_MICROS) {
      return new Decoded.Bad(
          RejectReason.INVALID_VALUE,
          path,
          "%s is above the largest amount, %s. Check its decimal places."
              .formatted(mainUnits(micros), mainUnits(MAX_MICROS)));
    }

    return null;
  }

  private static String mainUnits(long micros) {
    return BigDecimal.valueOf(micros, 6).stripTrailingZeros().toPlainString();
  }

  private static Decoded.Bad date(LocalDate value, String path) {
    return value.isBefore(EARLIEST) || value.isAfter(LATEST) ? outOfTime(value, path) : null;
  }

  private static Decoded.Bad instant(Instant value, String path) {
    return value.isBefore(EARLIEST_INSTANT) || value.isAfter(LATEST_INSTANT)
        ? outOfTime(value, path)
        : null;
  }

  private static Decoded.Bad outOfTime(Object value, String path) {
    return new Decoded.Bad(
        RejectReason.INVALID_VALUE,
        path,
        "%s is not in the years 1900 to 9999. Check the date format.".formatted(value));
  }

  private static Check list(Schema element) {
    return element.getType() == Schema.Type.RECORD ? lines(element) : texts();
  }

  private static Check texts() {
    return (value, path) -> {
      int index = 0;
      for (Object item : (List<?>) value) {
        if (item instanceof String text && text.isBlank()) {
          return new Decoded.Bad(
              RejectReason.INVALID_VALUE,
              "%s[%s]".formatted(path, index),
              "An item is blank. Leave it out.");
        }

        index++;
      }

      return null;
    };
  }

  private static Check lines(Schema element) {
    Check each = record(element);
    Schema.Field numbered = element.getField("line_no");
    return (value, path) -> {
      List<?> items = (List<?>) value;
      if (items.isEmpty()) {
        return new Decoded.Bad(
            RejectReason.MISSING_FIELD, path, "'%s' is empty. Give at least one.".formatted(path));
      }

      Set<Object> numbers = items.size() > 1 ? new HashSet<>() : null;
      for (int i = 0; i < items.size(); i++) {
        IndexedRecord item = (IndexedRecord) items.get(i);
        Decoded.Bad bad = each.violation(item, "");
        if (bad == null && numbered != null) {
          bad = lineNumber((Integer) item.get(numbered.pos()), numbers);
        }

        if (bad != null) {
          return new Decoded.Bad(
              bad.reason(), "%s[%s].%s".formatted(path, i, bad.field()), bad.message());
        }
      }

      return null;
    };
  }

  private static Decoded.Bad lineNumber(Integer number, Set<Object> seen) {
    if (number < 1 || (seen != null && !seen.add(number))) {
      return new Decoded.Bad(
          RejectReason.INVALID_VALUE,
          "line_no",
          "Line number %s is below 1 or stands twice. Number the lines from 1.".formatted(number));
    }

    return null;
  }
}
