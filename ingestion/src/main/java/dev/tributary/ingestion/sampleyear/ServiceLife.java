package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.CallDirection;
import dev.tributary.events.CallPurpose;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.ComplaintOpened;
import dev.tributary.events.ComplaintReason;
import dev.tributary.events.ComplaintResolved;
import dev.tributary.events.SatisfactionSurveyed;
import java.util.List;

/** Telephone calls, complaints and surveys of one customer. */
final class ServiceLife {

  private static final int OPENING = 9 * 3600;
  private static final int CLOSING = 18 * 3600;
  private static final List<CallPurpose> OUTBOUND =
      List.of(
          CallPurpose.TELESALES,
          CallPurpose.TELESALES,
          CallPurpose.FOLLOW_UP,
          CallPurpose.DORMANT_CARE,
          CallPurpose.SATISFACTION);
  private static final List<ComplaintReason> REASONS =
      List.of(
          ComplaintReason.SERVICE,
          ComplaintReason.PRODUCT,
          ComplaintReason.DELIVERY,
          ComplaintReason.PRICE,
          ComplaintReason.CONDUCT);

  private final World world;
  private final Outbox outbox;
  private final Customer customer;
  private final String pseudonym;
  private final Draws draws;

  ServiceLife(World world, Outbox outbox, Customer customer, String pseudonym) {
    this.world = world;
    this.outbox = outbox;
    this.customer = customer;
    this.pseudonym = pseudonym;
    this.draws = world.draws(customer.entity() + "/service");
  }

  /** Tells of everything at once. */
  void live() {
    int known = world.days().count() - customer.registered();
    int calls = known * draws.between(0, 2) / 365 + (draws.below(365) < known ? 1 : 0);
    for (int i = 1; i <= calls; i++) {
      call(i, customer.registered() + draws.below(known));
    }

    if (draws.chance(20)) {
      complain(customer.registered() + draws.below(known));
    }

    if (draws.chance(250)) {
      beSurveyed(customer.registered() + draws.below(known));
    }
  }

  private void call(int number, int day) {
    boolean inbound = draws.chance(400);
    CallPurpose purpose =
        inbound
            ? (draws.chance(420) ? CallPurpose.SERVICE_REQUEST : CallPurpose.ENQUIRY)
            : draws.pick(OUTBOUND);
    int second = draws.between(OPENING, CLOSING);
    int queue = inbound ? draws.between(0, 90) : 0;
    boolean connected = inbound ? queue < 80 : draws.chance(620);
    int length = connected ? draws.between(30, 600) : 5;
    CallResult result = result(inbound, connected, purpose);
    String agent = draws.pick(world.organisation().agents()).id();
    int line = draws.between(1, 8);
    boolean sampled = draws.chance(200);
    Integer score = connected && draws.chance(200) ? draws.between(2, 5) : null;
    String callId = "T-%s-%s".formatted(customer.id(), number);
    outbox.post(
        day,
        second,
        "call:" + callId,
        envelope ->
            new CallRecorded(
                envelope,
                callId,
                customer.id(),
                pseudonym,
                inbound ? CallDirection.INBOUND : CallDirection.OUTBOUND,
                purpose,
                result,
                connected ? world.days().at(day, second + queue) : null,
                world.days().at(day, second + queue + length),
                queue,
                line,
                connected || !inbound ? agent : null,
                null,
                null,
                null,
                false,
                sampled,
                result == CallResult.RESOLVED
                    ? world.days().at(day, second + queue + length)
                    : null,
                score));
  }

  private CallResult result(boolean inbound, boolean connected, CallPurpose purpose) {
    if (!connected) {
      return inbound ? CallResult.ABANDONED : CallResult.NOT_CONNECTED;
    }

    if (purpose == CallPurpose.SERVICE_REQUEST) {
      return draws.chance(800) ? CallResult.RESOLVED : CallResult.CONNECTED;
    }

    if (purpose == CallPurpose.TELESALES) {
      int lot = draws.below(100);
      return lot < 60 ? CallResult.REFUSED : lot < 90 ? CallResult.INTERESTED : CallResult.ORDERED;
    }

    return CallResult.CONNECTED;
  }

  private void complain(int day) {
    ComplaintReason reason = draws.pick(REASONS);
    String agent = draws.pick(world.organisation().agents()).id();
    int second = draws.between(OPENING, CLOSING);
    String id = "X-" + customer.id();
    outbox.post(
        day,
        second,
        "complaint:" + id,
        envelope ->
            new ComplaintOpened(
                envelope, id, customer.id(), reason, null, null, false, null, agent));
    if (draws.chance(850)) {
      int resolved = day + draws.between(0, 14);
      int delay = draws.between(600, 6 * 3600);
      boolean satisfied = draws.chance(750);
      outbox.post(
          resolved,
          Math.max(second + 300, CLOSING),
          "complaint-end:" + id,
          envelope ->
              new ComplaintResolved(
                  envelope,
                  id,
                  world.days().at(day, Math.min(second + delay, CLOSING)),
                  true,
                  satisfied,
                  agent));
    }
  }

  private void beSurveyed(int day) {
    boolean answered = draws.chance(600);
    int score = draws.between(2, 5);
    String id = "Q-" + customer.id();
    outbox.post(
        day,
        draws.between(OPENING, CLOSING),
        "survey:" + id,
        envelope ->
            new SatisfactionSurveyed(
                envelope, id, customer.id(), null, null, answered, answered ? score : null));
  }
}
