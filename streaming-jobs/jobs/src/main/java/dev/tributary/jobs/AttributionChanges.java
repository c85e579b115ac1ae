package dev.tributary.jobs;

import dev.tributary.domain.Place;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.runtime.identity.Naming;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.source.Fact;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an event changes of its customer's journeys. A touch keeps the id of its first version: what
 * it earned is under the same name before and after a correction.
 */
final class AttributionChanges implements Decoding.Meanings<Naming, Change<AttributionEvent>> {

  private static final long serialVersionUID = 1L;

  private final AttributionSettings settings;
  private transient AttributionEvents events;

  AttributionChanges(AttributionSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<Change<AttributionEvent>> of(Naming naming, SpecificRecord record) {
    if (events == null) {
      events = new AttributionEvents(settings);
    }

    Fact fact = naming.fact();
    String subject = Subject.of(fact.company(), naming.customerId());
    Place place = DomainEvents.placeOfOrigin(fact);
    List<Change<AttributionEvent>> changes = new ArrayList<>();
    for (AttributionEvent event : events.of(record)) {
      // An event is known by its place and this: two meanings of one event are two events.
      String hash = changes.isEmpty() ? fact.hash() : fact.hash() + "#" + changes.size();
      changes.add(new Change<>(subject, events.place(place, event), hash, naming.sign(), event));
    }
    return changes;
  }
}
