package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.CallDirection;
import dev.tributary.events.CallPurpose;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.ConferenceInviteeAdvanced;
import dev.tributary.events.InviteeClass;
import dev.tributary.events.InviteeStep;
import java.util.List;

/** One customer on the way through one conference. */
final class InviteeLife {

  private static final List<InviteeClass> GUESTS =
      List.of(
          InviteeClass.GOVERNMENT,
          InviteeClass.TARGET_INDUSTRY_BODY,
          InviteeClass.RELATED_INDUSTRY_BODY,
          InviteeClass.MEDIA);
  private static final int INVITED = 280;
  private static final int MORNING = 9 * 3600;
  private static final int LECTURE = 14 * 3600;

  private final World world;
  private final Outbox outbox;
  private final Customer customer;
  private final Conference conference;
  private final ConferenceTruth truth;
  private final String pseudonym;
  private final Draws draws;
  private final InviteeClass kind;
  private final String seller;

  private InviteeLife(
      World world,
      Outbox outbox,
      Customer customer,
      Conference conference,
      ConferenceTruth truth,
      String pseudonym,
      Draws draws) {
    this.world = world;
    this.outbox = outbox;
    this.customer = customer;
    this.conference = conference;
    this.truth = truth;
    this.pseudonym = pseudonym;
    this.draws = draws;
    this.kind = draws.chance(900) ? InviteeClass.TARGET_CUSTOMER : draws.pick(GUESTS);
    this.seller = draws.pick(world.organisation().accountManagers()).id();
  }

  /** Has the customer invited to one conference, or to none. */
  static void live(
      World world,
      Outbox outbox,
      Customer customer,
      List<Conference> conferences,
      ConferenceTruth truth,
      String pseudonym) {
    Draws draws = world.draws(customer.entity() + "/conference");
    Conference conference = draws.pick(conferences);
    if (draws.chance(INVITED) && customer.registered() <= conference.day() - 10) {
      new InviteeLife(world, outbox, customer, conference, truth, pseudonym, draws).live();
    }
  }

  private void live() {
    int day = conference.day();
    step(day - 9, MORNING, InviteeStep.LISTED, 0, null);
    if (!draws.chance(960)) {
      return;
    }

    call(day - 8, CallPurpose.SCREENING);
    step(day - 8, MORNING + 3600, InviteeStep.PHONED, 0, null);
    if (!draws.chance(800)) {
      step(day - 7, MORNING, InviteeStep.SCREENED_OUT, 0, null);
      return;
    }

    step(day - 7, MORNING, InviteeStep.SCREENED_IN, 0, null);
    step(day - 6, MORNING, InviteeStep.INVITED, 0, null);
    if (draws.chance(800)) {
      step(day - 4, MORNING, InviteeStep.LETTER_DELIVERED, 0, null);
    }

    if (!draws.chance(720)) {
      return;
    }

    // One in twelve is telephoned before the readiness meeting, too early.
    int confirmed = draws.chance(80) ? day - 4 : day - draws.between(1, 3);
    call(confirmed, CallPurpose.CONFIRMATION);
    step(confirmed, MORNING + 7200, InviteeStep.CONFIRMED, 0, null);
    if (draws.chance(750)) {
      attend(day);
    }
  }

  private void attend(int day) {
    int phones = draws.chance(700) ? 2 : 1;
    step(day, LECTURE - draws.between(0, 1800), InviteeStep.ATTENDED, phones, null);
    if (draws.chance(300)) {
      step(day, LECTURE + 5400, InviteeStep.GIFT_RECEIVED, phones, null);
    }

    if (!draws.chance(700)) {
      return;
    }

    step(day, LECTURE + 3600, InviteeStep.ENGAGED, phones, null);
    if (draws.chance(550)) {
      step(day, LECTURE + 7200, InviteeStep.INTERESTED, phones, draws.chance(400) ? "A" : "B");
      if (draws.chance(200)) {
        boolean onSite = draws.chance(500);
        step(
            onSite ? day : day + draws.between(1, 20),
            LECTURE + 9000,
            InviteeStep.SIGNED,
            phones,
            "A");
      }
    }
  }

  private void step(int day, int second, InviteeStep step, int phones, String grade) {
    if (!world.days().holds(day)) {
      return;
    }

    truth.came(conference, step);
    outbox.post(
        day,
        second,
        "invitee:%s:%s:%s".formatted(conference.id(), customer.id(), step),
        envelope ->
            new ConferenceInviteeAdvanced(
                envelope, conference.id(), customer.id(), kind, step, seller, phones, grade));
  }

  private void call(int day, CallPurpose purpose) {
    String callId = "T-%s-%s-%s".formatted(customer.id(), conference.id(), purpose);
    int second = MORNING + draws.between(0, 3000);
    int length = draws.between(60, 400);
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
                CallDirection.OUTBOUND,
                purpose,
                CallResult.CONNECTED,
                world.days().at(day, second + 10),
                world.days().at(day, second + length),
                0,
                null,
                seller,
                null,
                null,
                null,
                false,
                false,
                null,
                null));
  }
}
