package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.Envelope;
import dev.tributary.ingestion.sampleyear.Spool.Parcel;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import dev.tributary.schemas.WireFormat;
import java.time.Instant;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/**
 * What an entity has to tell, put on its way: in time or late, once or twice, wrong first or right
 * at once. What would happen after the last day is not told.
 */
final class Outbox {

  private static final EventCatalog CATALOG = EventCatalog.load();
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 24 * HOUR;
  private static final int LAST_ARRIVAL = DAY - 5 * MINUTE;

  private final World world;
  private final String source;
  private final Spool spool;
  private final Tally tally;
  private final WireFormat wire;
  private final Draws disorder;
  private long sequence;

  /** An outbox of one entity. */
  Outbox(World world, String entity, Spool spool, Tally tally, WireFormat wire) {
    this.world = world;
    this.source = "sample-year/" + entity;
    this.spool = spool;
    this.tally = tally;
    this.wire = wire;
    this.disorder = world.draws(entity + "/disorder");
  }

  /** The id that an event posted under {@code id} has. */
  String eventId(String id) {
    return world.year().company() + ":" + id;
  }

  Tally tally() {
    return tally;
  }

  /**
   * Tells of something that happens on a day, unless the day is past the end.
   *
   * @param id id within the company
   * @param second seconds after the day began, before 22:00
   */
  void post(int day, int second, String id, Function<Envelope, SpecificRecord> event) {
    if (!world.days().holds(day)) {
      return;
    }

    Instant at = world.days().at(day, second);
    Rates rates = world.year().rates();
    SpecificRecord record =
        event.apply(
            new Envelope(eventId(id), null, 0, source, sequence++, at, at, world.year().company()));
    tally.event(record.getSchema().getName());
    Envelope envelope = EventType.envelopeOf(record);
    if (Slips.mayKnowTheDayOnly(record) && happens("day only", rates.dayOnly())) {
      envelope.setOccurredAt(world.days().at(day, 0));
    }

    if (Slips.mayHappenTo(record) && happens("corrected", rates.corrected())) {
      correct(day, second, record);
    } else {
      send(record, firstArrival(day, second));
    }
  }

  /** The wrong version and the right one; one in four times the right one comes first. */
  private void correct(int day, int second, SpecificRecord right) {
    Envelope original = Envelope.newBuilder(EventType.envelopeOf(right)).build();
    SpecificRecord wrong = Slips.wrong(right, original, disorder);
    Envelope correction = EventType.envelopeOf(right);
    correction.setEventId(original.getEventId() + ":r1");
    correction.setCorrects(original.getEventId());
    correction.setRevision(1);
    long first = firstArrival(day, second);
    long later = first + disorder.between(HOUR, 10 * DAY);
    boolean correctionFirst = disorder.chance(250);
    if (correctionFirst) {
      tally.astray("corrected before the original came");
    }

    send(wrong, correctionFirst ? later : first);
    send(right, correctionFirst ? first : later);
  }

  private long firstArrival(int day, int second) {
    long arrival = (long) second + disorder.between(MINUTE / 2, 5 * MINUTE);
    Rates rates = world.year().rates();
    int lot = disorder.below(1000);
    tally.exposed("late", rates.late());
    tally.exposed("out of order", rates.outOfOrder());
    if (lot < rates.late()) {
      tally.astray("late");
      long moment = disorder.between(8 * HOUR, 20 * HOUR);
      arrival = disorder.between(1, 30) * (long) DAY + moment;
    } else if (lot < rates.late() + rates.outOfOrder()) {
      tally.astray("out of order");
      arrival = Math.min(LAST_ARRIVAL, arrival + disorder.between(HOUR, 6 * HOUR));
    }

    return day * (long) DAY + arrival;
  }

  /**
   * Sends a record.
   *
   * @param arrival in seconds after the first day began
   */
  private void send(SpecificRecord record, long arrival) {
    long lastSecond = (world.days().last() + 1) * (long) DAY - MINUTE;
    long first = Math.min(arrival, lastSecond);
    Envelope envelope = EventType.envelopeOf(record);
    envelope.setRecordedAt(world.days().at(0, (int) first));
    Parcel parcel = new Parcel(CATALOG.typeOf(record).topic(), wire.encode(record));
    deliver(parcel, first);
    if (happens("duplicate", world.year().rates().duplicates())) {
      deliver(parcel, Math.min(first + disorder.between(MINUTE, 3 * DAY), lastSecond));
    }
  }

  private boolean happens(String kind, int permille) {
    tally.exposed(kind, permille);
    boolean happens = disorder.chance(permille);
    if (happens) {
      tally.astray(kind);
    }

    return happens;
  }

  private void deliver(Parcel parcel, long arrival) {
    tally.delivery();
    spool.add((int) (arrival / DAY), arrival, parcel);
  }
}
