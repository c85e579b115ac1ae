package dev.tributary.ingestion.sampleyear;

import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.WireFormat;
import java.io.IOException;
import java.io.Writer;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Makes up a company's year: every entity lives through it on its own, then everything arrives in
 * order. The process is written down in docs/sample-year.md.
 */
public final class SampleYearGenerator {

  private final World world;
  private final Tally tally = new Tally();
  private final WireFormat wire = new WireFormat();
  private final CampaignTruth campaigns = new CampaignTruth();
  private final ConferenceTruth invitees = new ConferenceTruth();

  private SampleYearGenerator(SampleYear year) {
    this.world = World.of(year);
  }

  /**
   * Generates a year.
   *
   * @param truth takes what was planted, as JSON
   */
  public static Tally generate(SampleYear year, Writer truth, Destination destination)
      throws IOException {
    return new SampleYearGenerator(year).run(truth, destination);
  }

  private Tally run(Writer truth, Destination destination) throws IOException {
    try (Spool spool = new Spool(world.days().count())) {
      try (TruthFile file = new TruthFile(truth, world)) {
        live(spool, file);
      }

      for (int day = 0; day < world.days().count(); day++) {
        arrive(spool, day, destination);
      }
    }

    return tally;
  }

  private void live(Spool spool, TruthFile truth) throws IOException {
    truth.parameters();
    new CompanyLife(world, outbox("company", spool)).live();
    new PlanLife(world, outbox(PlanLife.entity(world.year()), spool)).live();
    for (Campaign campaign : world.campaigns().all()) {
      new CampaignLife(
              world,
              outbox(CampaignLife.entity(campaign, world.year()), spool),
              campaign,
              campaigns)
          .live();
    }

    List<Conference> conferences = Conference.all(world);
    for (Conference conference : conferences) {
      new ConferenceLife(world, outbox(conference.id(), spool), conference).live();
    }

    deal(spool, truth);
    shop(spool, truth, conferences);
    truth.list("promotions");
    for (Campaign campaign : world.campaigns().all()) {
      truth.promotion(campaign, campaigns);
    }

    truth.endList();
    truth.list("conferences");
    for (Conference conference : conferences) {
      truth.conference(conference, invitees);
    }

    truth.endList();
    truth.end(tally);
  }

  private void deal(Spool spool, TruthFile truth) throws IOException {
    truth.list("dealers");
    for (int number = 1; number <= world.year().dealers(); number++) {
      DealerLife dealer = new DealerLife(world, outbox(DealerLife.entity(number), spool), number);
      dealer.live();
      truth.dealer(dealer);
    }

    truth.endList();
  }

  private void shop(Spool spool, TruthFile truth, List<Conference> conferences) throws IOException {
    Prospects plans = new Prospects(world);
    truth.list("customers");
    for (int number = 1; number <= world.year().customers(); number++) {
      Optional<ProspectPlan> plan = plans.of(number);
      CustomerLife life =
          new CustomerLife(world, outbox("customer:" + number, spool), number, plan);
      life.live(campaigns, conferences, invitees);
      truth.customer(life.customer(), life.ids(), plan.orElse(null), life.deal().orElse(null));
      if (life.stranger().isPresent()) {
        truth.stranger(life.stranger().get());
      }
    }

    truth.endList();
  }

  private Outbox outbox(String entity, Spool spool) {
    return new Outbox(world, entity, spool, tally, wire);
  }

  private void arrive(Spool spool, int day, Destination destination) throws IOException {
    LocalDate date = world.days().date(day);
    for (Spool.Parcel parcel : spool.take(day)) {
      switch (wire.decode(parcel.bytes(), parcel.topic())) {
        case Decoded.Event event -> destination.receive(event.record(), date);
        case Decoded.Bad bad ->
            throw new IllegalStateException(
                "A made-up event is none: %s %s".formatted(bad.field(), bad.message()));
      }
    }

    destination.close(date);
  }
}
