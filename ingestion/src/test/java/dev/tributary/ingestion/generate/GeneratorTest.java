package dev.tributary.ingestion.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.events.CreditNoteIssued;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.Envelope;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.schemas.ContentHash;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class GeneratorTest {

  private static final Config CONFIG = Config.ofSeed(7);
  private static final List<GeneratedEvent> EVENTS = Generator.events(CONFIG);

  @Test
  void theSameSeedGivesTheSameEventsAndAnotherSeedOthers() {
    Config small = Config.ofSeed(3).withSize(20, 40);

    assertThat(Generator.events(small)).isEqualTo(Generator.events(small));
    assertThat(Generator.events(Config.ofSeed(4).withSize(20, 40)))
        .isNotEqualTo(Generator.events(small));
  }

  @Test
  void everyEventIsValidAndNoneArrivesADayBeforeItHappened() {
    WireFormat wire = new WireFormat();
    int day = 0;
    for (GeneratedEvent event : EVENTS) {
      assertThat(wire.violation(event.record())).as("%s", event).isEmpty();
      if (event.record() instanceof BusinessDayClosed close) {
        day = (int) (close.getClosedOn().toEpochDay() - CONFIG.from().toEpochDay());
      }

      var arrivesBy = CONFIG.from().plusDays(day + 2L).atStartOfDay(CONFIG.zone()).toInstant();
      assertThat(EventType.envelopeOf(event.record()).getOccurredAt()).isBefore(arrivesBy);
    }
  }

  @Test
  void everyKindOfEventOccurs() {
    Set<String> kinds =
        EVENTS.stream()
            .map(event -> event.record().getSchema().getName())
            .collect(Collectors.toSet());

    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "CustomerRegistered",
            "CustomerMerged",
            "CustomerSplit",
            "PromotionPlanned",
            "PromotionCostIncurred",
            "PromotionFinished",
            "SaleRecorded",
            "InvoiceIssued",
            "CreditNoteIssued",
            "PaymentReceived",
            "PaymentReversed",
            "BusinessDayClosed");
  }

  @Test
  void someEventsArriveTwiceLateCorrectedAndCorrectedBeforeTheOriginal() {
    Map<String, Integer> copies = new HashMap<>();
    Set<String> arrived = new HashSet<>();
    int correctionsFirst = 0;
    int corrections = 0;
    int events = 0;
    int late = 0;
    for (SpecificRecord event : withoutCloses()) {
      Envelope envelope = EventType.envelopeOf(event);
      copies.merge(envelope.getEventId() + ContentHash.of(event), 1, Integer::sum);
      events++;
      if (arrived.add(envelope.getEventId()) && envelope.getCorrects() != null) {
        corrections++;
        if (!arrived.contains(envelope.getCorrects())) {
          correctionsFirst++;
        }
      }
    }

    var lastClose = EVENTS.getFirst().month().atDay(1);
    for (GeneratedEvent event : EVENTS) {
      if (event.record() instanceof BusinessDayClosed close) {
        lastClose = close.getClosedOn();
      } else {
        var closed = lastClose.atStartOfDay(CONFIG.zone()).toInstant();
        if (EventType.envelopeOf(event.record())
            .getOccurredAt()
            .isBefore(closed.minus(Duration.ofDays(2)))) {
          late++;
        }
      }
    }

    assertThat(events - copies.size()).isBetween(events / 30, events / 15);
    assertThat(late).isGreaterThan(events / 30);
    assertThat(corrections).isGreaterThan(50);
    assertThat(correctionsFirst).isBetween(corrections / 4, corrections);
  }

  @Test
  void creditNotesAreFreeOrComeBeforeTheirInvoiceOrAfter() {
    Set<String> invoices = new HashSet<>();
    int free = 0;
    int before = 0;
    int after = 0;
    for (SpecificRecord event : withoutCloses()) {
      if (event instanceof InvoiceIssued invoice) {
        invoices.add(invoice.getInvoiceId());
      } else if (event instanceof CreditNoteIssued note) {
        if (note.getInvoiceId() == null) {
          free++;
        } else if (invoices.contains(note.getInvoiceId())) {
          after++;
        } else {
          before++;
        }
      }
    }

    assertThat(List.of(free, before, after)).allSatisfy(n -> assertThat(n).isGreaterThan(5));
  }

  @Test
  void mergesAreSplitAndNoneClosesACircle() {
    Map<String, Set<String>> merged = new HashMap<>();
    long splits = 0;
    for (SpecificRecord event : withoutCloses()) {
      if (event instanceof CustomerMerged merge) {
        merged
            .computeIfAbsent(merge.getDuplicateId(), id -> new HashSet<>())
            .add(merge.getCustomerId());
      } else if (event instanceof CustomerSplit) {
        splits++;
      }
    }

    assertThat(merged).hasSizeGreaterThan(5);
    assertThat(merged.values()).allSatisfy(others -> assertThat(others).hasSize(1));
    assertThat(merged.values()).noneMatch(others -> merged.containsKey(others.iterator().next()));
    assertThat(splits).isPositive();
  }

  @Test
  void everyDayIsClosedOnEveryPartitionAfterItsEvents() {
    long closes = EVENTS.stream().filter(e -> e.record() instanceof BusinessDayClosed).count();

    assertThat(closes).isEqualTo(CONFIG.days() * 4L * EventCatalog.load().topics().size());
    assertThat(EVENTS.getLast().record()).isInstanceOf(BusinessDayClosed.class);
    assertThat(EVENTS.getLast().arrival()).isEqualTo(EVENTS.size() - 1L);
    assertThat(EVENTS.stream().map(GeneratedEvent::month).distinct()).isSorted().hasSize(6);
  }

  private static List<SpecificRecord> withoutCloses() {
    return EVENTS.stream()
        .map(GeneratedEvent::record)
        .filter(event -> !(event instanceof BusinessDayClosed))
        .toList();
  }
}
