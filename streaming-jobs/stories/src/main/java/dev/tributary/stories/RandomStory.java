package dev.tributary.stories;

import static dev.tributary.stories.Events.assessed;
import static dev.tributary.stories.Events.call;
import static dev.tributary.stories.Events.collateral;
import static dev.tributary.stories.Events.contact;
import static dev.tributary.stories.Events.contractChanged;
import static dev.tributary.stories.Events.contractSigned;
import static dev.tributary.stories.Events.contractTerminated;
import static dev.tributary.stories.Events.creditNote;
import static dev.tributary.stories.Events.deposit;
import static dev.tributary.stories.Events.depositRefunded;
import static dev.tributary.stories.Events.disputeResolved;
import static dev.tributary.stories.Events.disputed;
import static dev.tributary.stories.Events.envelope;
import static dev.tributary.stories.Events.goodsReturned;
import static dev.tributary.stories.Events.invitee;
import static dev.tributary.stories.Events.invoice;
import static dev.tributary.stories.Events.limit;
import static dev.tributary.stories.Events.march;
import static dev.tributary.stories.Events.merged;
import static dev.tributary.stories.Events.payment;
import static dev.tributary.stories.Events.quote;
import static dev.tributary.stories.Events.referral;
import static dev.tributary.stories.Events.registered;
import static dev.tributary.stories.Events.reviewed;
import static dev.tributary.stories.Events.sale;
import static dev.tributary.stories.Events.session;
import static dev.tributary.stories.Events.shipment;
import static dev.tributary.stories.Events.split;
import static dev.tributary.stories.Events.visit;

import dev.tributary.events.AdjustmentDirection;
import dev.tributary.events.AssessmentKind;
import dev.tributary.events.BalanceAdjusted;
import dev.tributary.events.CallDirection;
import dev.tributary.events.ContractSigned;
import dev.tributary.events.CostClass;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerRefunded;
import dev.tributary.events.DepositPaid;
import dev.tributary.events.Envelope;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InviteeStep;
import dev.tributary.events.InvoiceCancelled;
import dev.tributary.events.InvoiceInstalment;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentAllocation;
import dev.tributary.events.PaymentReceived;
import dev.tributary.events.PaymentReversed;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.ReceivableWrittenOff;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.VisitRecorded;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/** The same month, told in ever new orders. */
public final class RandomStory {

  private static final int FEW = 12;
  private static final List<AssessmentKind> KINDS = List.of(AssessmentKind.values());

  private final int customers;
  private final List<SpecificRecord> events = new ArrayList<>();

  /**
   * Of few customers, so that everything meets everything.
   *
   * @param size about how many events
   */
  public RandomStory(long seed, int size) {
    this(seed, size, FEW);
  }

  /**
   * @param size about how many events
   * @param customers how many there are; of few, merges soon leave one that has all events
   */
  public RandomStory(long seed, int size, int customers) {
    this.customers = customers;
    Random random = new Random(seed);
    for (int i = 0; i < size; i++) {
      add(random, i);
      // Of its own seed, so that the rest of the story is the same with journeys as without.
      addJourney(new Random(seed + i), i);
    }
    events.forEach(RandomStory::knowByItsDayOnly);
  }

  /** Lets one conversion in four begin its day, as what is known by its day only does. */
  private static void knowByItsDayOnly(SpecificRecord event) {
    Envelope envelope = (Envelope) event.get(0);
    boolean converts =
        event instanceof SaleRecorded
            || event instanceof DepositPaid
            || event instanceof ContractSigned
            || event instanceof PaymentReceived;
    if (converts && envelope.getEventId().hashCode() % 4 == 0) {
      LocalDate day = LocalDate.ofInstant(envelope.getOccurredAt(), ZoneOffset.UTC);
      envelope.setOccurredAt(day.atStartOfDay(ZoneId.of("Asia/Shanghai")).toInstant());
    }
  }

  /** How customers were reached, and what they signed. */
  private void addJourney(Random random, int i) {
    String id = Integer.toString(i);
    String customer = customer(random);
    int day = 1 + random.nextInt(28);
    long amount = 1L + random.nextInt(500);
    String earlier = earlier(random, i);
    switch (random.nextInt(30)) {
      case 0 -> {
        events.add(visit(id, customer, day, channel(random), null));
        if (random.nextInt(2) == 0) {
          VisitRecorded corrected = visit(id, customer(random), day, channel(random), "promo-1");
          corrected.setEnvelope(envelope("visit-fix:" + id, "visit:" + id, 1, day));
          events.add(corrected);
        }
      }
      case 1 -> events.add(call(id, customer, day, direction(random), channel(random)));
      case 2 -> events.add(contact(id, customer, day, "outdoor", "promo-" + random.nextInt(4)));
      case 3 ->
          events.add(
              session(
                  id, customer, day, "search", "search", random.nextInt(2) == 0 ? "cpc" : null));
      case 4 ->
          events.add(
              random.nextBoolean()
                  ? referral(id, customer, day)
                  : invitee(id, customer, day, InviteeStep.ATTENDED));
      case 5 ->
          events.add(
              random.nextBoolean() ? registered(customer, day) : quote(id, customer, day, amount));
      case 6 -> {
        events.add(deposit(id, customer, day, amount));
        if (random.nextBoolean()) {
          events.add(depositRefunded(id, customer, day + random.nextInt(5), 1 + amount / 2));
        }
      }
      case 7 -> {
        events.add(contractSigned(id, customer, day, amount));
        if (random.nextBoolean()) {
          events.add(contractChanged(id, customer, day + random.nextInt(3), 2 * amount));
        }
        if (random.nextInt(3) == 0) {
          events.add(contractTerminated(id, customer, day + random.nextInt(5)));
        }
      }
      case 8 -> events.add(contractTerminated(earlier, customer, day));
      default -> {
        // Most of the story is about money alone.
      }
    }
  }

  private static CallDirection direction(Random random) {
    return random.nextBoolean() ? CallDirection.INBOUND : CallDirection.OUTBOUND;
  }

  /** One that maps to something, one that maps to nothing, or none. */
  private static String channel(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> null;
      case 1 -> "carrier pigeon";
      case 2 -> "Walk-in";
      default -> "radio";
    };
  }

  private void add(Random random, int i) {
    String id = Integer.toString(i);
    String customer = customer(random);
    int day = 1 + random.nextInt(28);
    String promotion = random.nextInt(4) == 0 ? null : "promo-" + random.nextInt(4);
    long amount = 1L + random.nextInt(500);
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        SaleRecorded sold = sale(id, customer, day, promotion, amount);
        events.add(sold);
        if (random.nextInt(3) == 0) {
          SaleRecorded corrected = sale(id, customer(random), day, promotion, amount + 7);
          corrected.setEnvelope(envelope("sale-fix:" + id, "sale:" + id, 1, day));
          events.add(corrected);
        }
      }
      case 2, 3, 4 -> {
        var billed = invoice(id, customer, day, day + random.nextInt(30), promotion, amount);
        billed.setLines(
            List.of(
                billed.getLines().getFirst(),
                new InvoiceLine(2, "promo-" + random.nextInt(4), Events.yuan(amount) / 3, null)));
        billed.setContractId(contract(random));
        if (random.nextInt(4) == 0) {
          billed.setInstalments(
              List.of(
                  new InvoiceInstalment(1, billed.getDueOn(), Events.yuan(amount) / 3),
                  new InvoiceInstalment(
                      2, billed.getDueOn().plusDays(random.nextInt(9)), Events.yuan(amount))));
        }
        events.add(billed);
      }
      case 5, 6 -> {
        PaymentReceived paid = payment(id, customer, day, amount);
        paid.setContractId(contract(random));
        if (random.nextInt(3) == 0) {
          paid.setAllocations(
              List.of(
                  new PaymentAllocation(1, earlier(random, i), Events.yuan(amount) / 2),
                  new PaymentAllocation(2, earlier(random, i), Events.yuan(amount) / 4)));
        }
        events.add(paid);
        if (random.nextInt(4) == 0) {
          PaymentReceived corrected = payment(id, customer, day, amount / 2);
          corrected.setEnvelope(envelope("payment-fix:" + id, "payment:" + id, 1, day));
          events.add(corrected);
        }
        if (random.nextInt(5) == 0) {
          events.add(
              PaymentReversed.newBuilder()
                  .setEnvelope(envelope("reversal:" + id, Math.min(31, day + 2)))
                  .setPaymentId(id)
                  .setCustomerId(customer)
                  .setReversedOn(march(Math.min(31, day + 2)))
                  .setReason("bounced")
                  .build());
        }
      }
      case 7 ->
          events.add(
              creditNote(
                  id, customer, day, random.nextBoolean() ? null : earlier(random, i), amount));
      case 8 -> {
        String other = customer(random);
        if (!other.equals(customer) && i % 3 == 0) {
          events.add(merged(id, customer, other, day));
          if (random.nextBoolean()) {
            events.add(split(id, id, day));
          }
        }
      }
      case 9 -> addRareEvent(random, i, customer, day, amount);
      case 10 -> addCreditEvent(random, i, customer, day, amount);
      default ->
          events.add(
              PromotionCostIncurred.newBuilder()
                  .setEnvelope(envelope("cost:" + id, day))
                  .setPromotionId("promo-" + random.nextInt(4))
                  .setCostClass(CostClass.MEDIA)
                  .setIncurredOn(march(day))
                  .setAmountMicros(Events.yuan(amount))
                  .setCurrency("CNY")
                  .build());
    }
  }

  private void addRareEvent(Random random, int i, String customer, int day, long amount) {
    String id = Integer.toString(i);
    String earlier = earlier(random, i);
    switch (random.nextInt(4)) {
      case 0 ->
          events.add(
              new InvoiceCancelled(
                  envelope("cancellation:" + id, day), earlier, customer, march(day), "in error"));
      case 1 ->
          events.add(
              new ReceivableWrittenOff(
                  envelope("write-off:" + id, day),
                  id,
                  customer,
                  earlier,
                  march(day),
                  Events.yuan(amount),
                  "CNY",
                  "not recoverable",
                  "manager"));
      case 2 ->
          events.add(
              new BalanceAdjusted(
                  envelope("adjustment:" + id, day),
                  id,
                  customer,
                  random.nextBoolean() ? null : earlier,
                  march(day),
                  random.nextBoolean()
                      ? AdjustmentDirection.OWES_MORE
                      : AdjustmentDirection.OWES_LESS,
                  Events.yuan(amount),
                  "CNY",
                  "by hand",
                  "manager"));
      default ->
          events.add(
              new CustomerRefunded(
                  envelope("refund:" + id, day),
                  id,
                  customer,
                  random.nextInt(3) == 0 ? null : earlier,
                  null,
                  march(day),
                  Events.yuan(amount),
                  "CNY",
                  "paid too much"));
    }
  }

  private void addCreditEvent(Random random, int i, String customer, int day, long amount) {
    String id = Integer.toString(i);
    Integer until = random.nextBoolean() ? null : day + random.nextInt(20);
    switch (random.nextInt(6)) {
      case 0, 1 -> addDelivery(random, i, customer, day, amount);
      case 2 -> {
        String component = random.nextInt(3) == 0 ? "OVERDUE" : null;
        CreditLimitSet set =
            limit(id, customer, day, until, component, 10 * amount * random.nextInt(3));
        set.setCurrency(random.nextInt(4) == 0 ? "USD" : "CNY");
        events.add(set);
      }
      case 3 ->
          events.add(
              collateral(
                  id,
                  "collateral-" + random.nextInt(3),
                  customer,
                  day,
                  until,
                  amount * random.nextInt(3)));
      case 4 ->
          events.add(
              random.nextInt(3) == 0
                  ? reviewed(id, customer, day)
                  : assessed(
                      id,
                      customer,
                      day,
                      KINDS.get(random.nextInt(KINDS.size())),
                      random.nextBoolean()));
      default -> {
        events.add(disputed(id, customer, day, earlier(random, i), amount / 2));
        if (random.nextBoolean()) {
          events.add(disputeResolved(id, customer, day + random.nextInt(9), random.nextBoolean()));
        }
      }
    }
  }

  private void addDelivery(Random random, int i, String customer, int day, long amount) {
    String id = Integer.toString(i);
    GoodsShipped shipped = shipment(id, customer, day, amount);
    shipped.setCurrency(random.nextInt(9) == 0 ? "JPY" : "CNY");
    events.add(shipped);
    if (random.nextBoolean()) {
      InvoiceIssued billed =
          invoice(id, customer, day, day + random.nextInt(30), null, 1 + amount / 2);
      billed.setShipmentId(id);
      // Two lines that are alike, of one invoice.
      billed.setLines(
          List.of(
              billed.getLines().getFirst(),
              new InvoiceLine(2, null, billed.getLines().getFirst().getAmountMicros(), null)));
      events.add(billed);
    }
    if (random.nextInt(3) == 0) {
      events.add(
          goodsReturned(
              id, customer, day + random.nextInt(3), random.nextBoolean() ? id : null, amount / 3));
    }
  }

  /** The id of something told before, of whatever kind it is. */
  private static String earlier(Random random, int i) {
    return Integer.toString(random.nextInt(i + 1));
  }

  private static String contract(Random random) {
    return random.nextInt(3) == 0 ? "contract-" + random.nextInt(3) : null;
  }

  private String customer(Random random) {
    return "c" + (10 + random.nextInt(customers));
  }

  /** Every event once, in the order it was told. */
  public List<SpecificRecord> told() {
    return List.copyOf(events);
  }

  /** Every event at least once, one in five twice, in any order. */
  public List<SpecificRecord> shuffled(long seed) {
    Random random = new Random(seed);
    List<SpecificRecord> all = new ArrayList<>(events);
    for (SpecificRecord event : events) {
      if (random.nextInt(5) == 0) {
        all.add(event);
      }
    }
    Collections.shuffle(all, random);
    return all;
  }
}
