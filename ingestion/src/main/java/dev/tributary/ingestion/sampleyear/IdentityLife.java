package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.CustomerReviewed;
import dev.tributary.events.CustomerSplit;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import java.util.List;
import java.util.Optional;

/** How a customer becomes known: once or twice, and taken for somebody else at times. */
final class IdentityLife {

  private static final int MORNING = 8 * 3600;
  private static final int NOON = 12 * 3600;
  private static final int WRONGLY_MERGED = 10;

  private final World world;
  private final Outbox outbox;
  private final Customer customer;
  private final String pseudonym;
  private final Draws draws;
  private final boolean isMistaken;

  IdentityLife(World world, Outbox outbox, Customer customer) {
    this.world = world;
    this.outbox = outbox;
    this.customer = customer;
    this.pseudonym = world.year().phones().of(customer.phone(), null).orElseThrow();
    this.draws = world.draws(customer.entity() + "/identity");
    this.isMistaken = draws.chance(WRONGLY_MERGED);
  }

  String pseudonym() {
    return pseudonym;
  }

  /** Somebody else who was taken for the customer. */
  Optional<String> stranger() {
    return isMistaken ? Optional.of(customer.id() + "-H") : Optional.empty();
  }

  /** Tells of everything at once. */
  void live() {
    register(customer.registered(), customer.id());
    outbox.tally().exposed("merged", Customer.TWICE_PERMILLE);
    outbox.tally().exposed("wrongly merged", WRONGLY_MERGED);
    customer.alias().ifPresent(this::becomeTwo);
    stranger().ifPresent(this::beTakenFor);

    if (customer.onAccount()) {
      review();
    }
  }

  private void register(int day, String id) {
    outbox.post(
        day,
        draws.between(MORNING, NOON) - MORNING / 2,
        "customer:" + id,
        envelope ->
            new CustomerRegistered(
                envelope,
                id,
                "Customer " + id.substring(1),
                world.geography().county(customer.county()),
                pseudonym));
  }

  private void becomeTwo(String alias) {
    register(customer.aliasSince(), alias);
    if (world.days().holds(customer.mergedOn())) {
      outbox.tally().astray("merged");
    }

    merge(customer.mergedOn(), alias, "same person");
  }

  /** Somebody with the same telephone: merged, found to be another, and split again. */
  private void beTakenFor(String other) {
    int since = customer.registered() + draws.between(1, 20);
    register(since, other);
    int merged = since + draws.between(10, 60);
    int split = merged + draws.between(10, 40);
    for (int i = 1; i <= 3; i++) {
      sell(since + draws.between(1, 200), other, i);
    }

    String mergeId = merge(merged, other, "same telephone number");
    if (world.days().holds(merged)) {
      outbox.tally().astray("wrongly merged");
    }

    if (world.days().holds(split)) {
      outbox.tally().astray("split");
    }

    outbox.post(
        split,
        NOON,
        "split:" + other,
        envelope -> new CustomerSplit(envelope, mergeId, "two people with one telephone"));
  }

  private String merge(int day, String other, String reason) {
    outbox.post(
        day,
        NOON,
        "merge:" + other,
        envelope -> new CustomerMerged(envelope, customer.id(), other, reason));
    return outbox.eventId("merge:" + other);
  }

  private void sell(int day, String id, int number) {
    Product product = draws.pick(world.products());
    String saleId = "S-%s-%s".formatted(id, number);
    outbox.post(
        day,
        draws.between(NOON, NOON + MORNING),
        "sale:" + saleId,
        envelope ->
            new SaleRecorded(
                envelope,
                saleId,
                id,
                null,
                world.geography().county(customer.county()),
                world.days().date(day),
                Settlement.AT_SALE,
                SampleYear.CURRENCY,
                List.of(
                    new SaleLine(
                        1,
                        product.id(),
                        null,
                        1_000_000L,
                        World.micros(product.listCents()),
                        World.micros(product.costCents())))));
  }

  /** Finance looks through the files of those who owe, in February and August; now and then not. */
  private void review() {
    for (int day = customer.registered(); day < world.days().count(); day++) {
      var date = world.days().date(day);
      boolean due =
          (date.getMonthValue() == 2 || date.getMonthValue() == 8) && date.getDayOfMonth() == 1;
      if (due && draws.chance(930)) {
        int reviewed = day + draws.between(0, 32);
        boolean changed = draws.chance(150);
        outbox.post(
            reviewed,
            NOON,
            "review:%s:%s".formatted(customer.id(), date),
            envelope ->
                new CustomerReviewed(
                    envelope,
                    customer.id(),
                    world.days().date(reviewed),
                    customer.accountManager(),
                    changed));
      }
    }
  }
}
