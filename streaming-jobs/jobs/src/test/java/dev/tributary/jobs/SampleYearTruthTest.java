package dev.tributary.jobs;

import static java.math.BigDecimal.ZERO;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.Touch;
import dev.tributary.domain.attribution.TouchKind;
import dev.tributary.domain.identity.Clusters;
import dev.tributary.domain.identity.Merge;
import dev.tributary.domain.receivables.Account;
import dev.tributary.domain.receivables.LedgerAccount;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.domain.receivables.ReceivablesFold;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.ingestion.sampleyear.Destination;
import dev.tributary.ingestion.sampleyear.SampleYear;
import dev.tributary.ingestion.sampleyear.SampleYearGenerator;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What folds make of a sample year, against the truth that was planted in it. */
class SampleYearTruthTest {

  private static final long SEED = Long.getLong("tributary.seed", 20250101);
  private static final SampleYear YEAR = SampleYear.of(SEED, 0.05);
  private static final LocalDate LAST_DAY = YEAR.from().plusDays(YEAR.days() - 1L);

  private static final String ACCOUNT =
      "invoiced %s cancelled %s credited %s written off %s adjusted %s cash %s free %s"
          + " outstanding %s overdue %s";

  private static final Map<String, SpecificRecord> standing = new HashMap<>();
  private static final Map<String, List<ReceivablesLine>> ledger = new HashMap<>();
  private static SortedMap<String, String> survivors;
  private static JsonNode truth;

  @BeforeAll
  static void fold() throws IOException {
    StringWriter planted = new StringWriter();
    SampleYearGenerator.generate(
        YEAR,
        planted,
        new Destination() {
          @Override
          public void receive(SpecificRecord event, LocalDate arrivedOn) {
            Envelope envelope = EventType.envelopeOf(event);
            String origin =
                envelope.getCorrects() == null ? envelope.getEventId() : envelope.getCorrects();
            standing.merge(
                origin, event, (one, other) -> revision(other) > revision(one) ? other : one);
          }

          @Override
          public void close(LocalDate day) {}
        });
    truth = new ObjectMapper().readTree(planted.toString());
    survivors = survivors();
    Map<String, SortedMap<Place, ReceivablesEvent>> histories = new HashMap<>();
    for (SpecificRecord event : standing.values()) {
      DomainEvents.receivables(event)
          .ifPresent(
              said ->
                  histories
                      .computeIfAbsent(
                          survivorOf(DomainEvents.customerId(event).orElseThrow()),
                          id -> new TreeMap<>())
                      .put(place(event), said));
    }
    ReceivablesFold fold = new ReceivablesFold();
    histories.forEach(
        (customer, history) -> {
          List<ReceivablesLine> lines = new ArrayList<>();
          Account account = fold.start();
          for (Map.Entry<Place, ReceivablesEvent> event : history.entrySet()) {
            account = fold.step(account, event.getKey(), event.getValue(), lines::add);
          }
          ledger.put(customer, lines);
        });
  }

  @Test
  void everyAccountIsThatOfTheTruthToTheCent() {
    Map<String, String> expected = new TreeMap<>();
    Map<String, String> found = new TreeMap<>();
    persons()
        .forEach(
            (customer, accounts) -> {
              expected.put(customer, ofTruth(accounts));
              found.put(customer, ofLedger(ledger.getOrDefault(customer, List.of())));
            });

    assertThat(found).as("seed %s", SEED).hasSizeGreaterThan(300).isEqualTo(expected);
    assertThat(ledger.keySet()).as("seed %s", SEED).isSubsetOf(expected.keySet());
  }

  @Test
  void whatThatHasToShowIsThere() {
    Set<String> types = new HashSet<>();
    standing.values().forEach(event -> types.add(event.getSchema().getName()));

    assertThat(types).containsAll(DomainEvents.OF_RECEIVABLES);
    assertThat(truth.get("volumes").get("InvoiceCancelled").asInt()).isGreaterThan(20);
    assertThat(truth.get("volumes").get("ReceivableWrittenOff").asInt()).isGreaterThan(5);
  }

  @Test
  void theShippedPolicyHasAChannelForEveryTouchOfTheYear() {
    AttributionEvents events = new AttributionEvents(Policy.shipped().attribution());
    Set<TouchKind> kinds = EnumSet.noneOf(TouchKind.class);
    List<SpecificRecord> unmapped = new ArrayList<>();
    for (SpecificRecord event : standing.values()) {
      for (AttributionEvent said : events.of(event)) {
        if (said instanceof Touch touch) {
          kinds.add(touch.kind());
          if (touch.channel() == null) {
            unmapped.add(event);
          }
        }
      }
    }

    assertThat(kinds).as("seed %s", SEED).containsExactlyInAnyOrder(TouchKind.values());
    assertThat(unmapped).as("seed %s", SEED).isEmpty();
  }

  private static Map<String, List<JsonNode>> persons() {
    Map<String, List<JsonNode>> persons = new TreeMap<>();
    for (JsonNode dealer : truth.get("dealers")) {
      persons
          .computeIfAbsent(survivorOf(dealer.get("customer_id").asText()), id -> new ArrayList<>())
          .add(dealer);
    }
    for (JsonNode person : truth.get("customers")) {
      for (JsonNode account : person.get("accounts")) {
        persons
            .computeIfAbsent(
                survivorOf(account.get("customer_id").asText()), id -> new ArrayList<>())
            .add(account);
      }
    }
    return persons;
  }

  private static String ofLedger(List<ReceivablesLine> lines) {
    return ACCOUNT.formatted(
        sum(lines, line -> line.account() == LedgerAccount.BILLED).negate(),
        sum(lines, line -> line.account() == LedgerAccount.CANCELLED),
        sum(lines, line -> line.account() == LedgerAccount.CREDITED),
        sum(lines, line -> line.account() == LedgerAccount.WRITTEN_OFF),
        sum(lines, line -> line.account() == LedgerAccount.ADJUSTED),
        sum(lines, line -> line.account() == LedgerAccount.CASH),
        sum(
                lines,
                line ->
                    line.account() == LedgerAccount.UNAPPLIED_CASH
                        || line.account() == LedgerAccount.FREE_CREDIT)
            .negate(),
        sum(lines, line -> line.account() == LedgerAccount.RECEIVABLE),
        sum(
            lines,
            line -> line.account() == LedgerAccount.RECEIVABLE && line.dueOn().isBefore(LAST_DAY)));
  }

  private static String ofTruth(List<JsonNode> accounts) {
    return ACCOUNT.formatted(
        sum(accounts, "invoiced"),
        sum(accounts, "cancelled"),
        sum(accounts, "credited"),
        sum(accounts, "written_off"),
        sum(accounts, "adjusted"),
        sum(accounts, "paid")
            .subtract(sum(accounts, "reversed"))
            .subtract(sum(accounts, "refunded")),
        sum(accounts, "unapplied"),
        sum(accounts, "outstanding"),
        sum(accounts, "overdue"));
  }

  private static BigDecimal sum(List<ReceivablesLine> lines, Predicate<ReceivablesLine> which) {
    return lines.stream()
        .filter(which)
        .map(line -> BigDecimal.valueOf(line.amount().micros(), 6))
        .reduce(ZERO, BigDecimal::add)
        .setScale(2);
  }

  private static BigDecimal sum(List<JsonNode> accounts, String field) {
    return accounts.stream()
        .map(account -> new BigDecimal(account.get(field).asText()))
        .reduce(ZERO, BigDecimal::add)
        .setScale(2);
  }

  private static SortedMap<String, String> survivors() {
    List<Merge> merges = new ArrayList<>();
    Set<String> undone = new HashSet<>();
    for (SpecificRecord event : standing.values()) {
      if (event instanceof CustomerMerged merged) {
        merges.add(
            new Merge(
                merged.getEnvelope().getEventId(),
                merged.getCustomerId(),
                merged.getDuplicateId()));
      } else if (event instanceof CustomerSplit split) {
        undone.add(split.getMergeEventId());
      }
    }
    return Clusters.survivors(merges, undone);
  }

  private static String survivorOf(String customer) {
    return survivors.getOrDefault(customer, customer);
  }

  private static int revision(SpecificRecord event) {
    return EventType.envelopeOf(event).getRevision();
  }

  private static Place place(SpecificRecord event) {
    Envelope envelope = EventType.envelopeOf(event);
    return new Place(
        envelope.getOccurredAt(),
        EventCatalog.load().typeOf(event).rank(),
        envelope.getSourceSequence(),
        envelope.getEventId());
  }
}
