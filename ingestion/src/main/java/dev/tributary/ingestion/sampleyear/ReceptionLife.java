package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.CallDirection;
import dev.tributary.events.CallPurpose;
import dev.tributary.events.CallRecorded;
import dev.tributary.events.CallResult;
import dev.tributary.events.ContactDepth;
import dev.tributary.events.CustomerAssigned;
import dev.tributary.events.OwnershipRuled;
import dev.tributary.events.ReceptionRole;
import dev.tributary.events.ReferralRecorded;
import dev.tributary.events.RelationDeclared;
import dev.tributary.events.RelationKind;
import dev.tributary.events.VisitMethod;
import dev.tributary.events.VisitPlace;
import dev.tributary.events.VisitRecorded;
import dev.tributary.events.VisitorKind;
import java.util.List;
import java.util.function.Consumer;

/** How a prospect arrives at a sales project, with the evidence of who owns them. */
final class ReceptionLife {

  /** When deposits are paid and contracts signed, in seconds after the day began. */
  static final int AFTERNOON = 15 * 3600;

  private static final int OPENING = 9 * 3600;
  private static final int HAND_IN = 20 * 3600;
  private static final int CALL_SECOND = 10 * 3600;
  private static final int CLAIM_DAYS = 7;
  private static final int MISSED_DAY = 4;

  private final World world;
  private final Outbox outbox;
  private final Customer customer;
  private final ProspectPlan plan;
  private final String pseudonym;
  private final Draws draws;
  private int visits;

  ReceptionLife(
      World world, Outbox outbox, Customer customer, ProspectPlan plan, String pseudonym) {
    this.world = world;
    this.outbox = outbox;
    this.customer = customer;
    this.plan = plan;
    this.pseudonym = pseudonym;
    this.draws = world.draws(customer.entity() + "/reception");
  }

  /** Tells of the first contacts at once. */
  void live() {
    int day = plan.firstDay();
    Person receiver = plan.receiver();
    switch (plan.scenario()) {
      case WALK_IN -> first(day, receiver, visit -> {});
      case COMPANY_LEAD -> first(day, receiver, visit -> visit.setCompanyReferred(true));
      case LUNCH ->
          firstAt(
              day,
              Organisation.LUNCH_START + draws.between(600, 6_000),
              plan.site(),
              receiver,
              visit -> visit.setRole(ReceptionRole.LUNCH_DUTY));
      case UNREGISTERED -> {
        first(day, receiver, ReceptionLife::leaveUnregistered);
        if (plan.secondDay() >= 0) {
          first(plan.secondDay(), plan.other(), visit -> {});
        }
      }
      case NAMED ->
          first(
              day,
              receiver,
              visit -> {
                visit.setReferrerCustomerId(Customer.id(plan.referrer()));
                visit.setNamedStaffId(plan.other().id());
              });
      case RECORDED -> {
        recordReferral(day - 2);
        first(day, receiver, visit -> visit.setReferrerCustomerId(Customer.id(plan.referrer())));
      }
      case RELATIVE -> {
        declareRelation(day - 5);
        first(day, receiver, visit -> visit.setRelationStaffId(plan.other().id()));
      }
      case DELEGATED ->
          first(
              day,
              receiver,
              visit -> {
                leaveUnregistered(visit);
                visit.setRole(ReceptionRole.DELEGATED);
                visit.setDelegatedBy(plan.other().id());
                visit.setOwnerContactedAt(visit.getEnvelope().getOccurredAt());
                visit.setOwnerConsented(true);
              });
      case RECALLED, SKIPPED, DENIED, LAPSED -> arriveAfterCalls(day, receiver);
      case TWO_SITES -> {
        firstAt(day, OPENING + draws.between(600, 7_000), plan.site(), receiver, visit -> {});
        int otherSite = plan.site() % 2 == 0 ? plan.site() + 1 : plan.site() - 1;
        firstAt(day, OPENING + 6 * 3600, otherSite, plan.other(), visit -> {});
      }
      case OWNER_LEFT -> {
        first(day, receiver, visit -> {});
        if (plan.secondDay() >= 0) {
          assign(plan.secondDay());
        }
      }
      case RULING -> {
        first(day, receiver, visit -> {});
        rule(plan.secondDay());
      }
    }
  }

  /**
   * A later visit, received by {@code staff}; it lasts from before {@link #AFTERNOON} until after
   * it, so that what is paid or signed then happens in this reception.
   */
  void returnVisit(
      int day, Person staff, ReceptionRole role, ContactDepth depth, Consumer<VisitRecorded> more) {
    visit(
        day,
        AFTERNOON - draws.between(600, 2_400),
        draws.between(3_600, 6_000),
        plan.site(),
        staff,
        visit -> {
          visit.setIsNew(false);
          visit.setRole(role);
          visit.setDepth(depth);
          visit.setFirstVisitAnswer(false);
          more.accept(visit);
        });
  }

  private void first(int day, Person receiver, Consumer<VisitRecorded> more) {
    firstAt(day, draws.between(OPENING, OPENING + 2 * 3600), plan.site(), receiver, more);
  }

  private void firstAt(
      int day, int second, int site, Person receiver, Consumer<VisitRecorded> more) {
    visit(
        day,
        second,
        draws.between(600, 4_500),
        site,
        receiver,
        visit -> {
          register(visit, day);
          more.accept(visit);
        });
  }

  private void register(VisitRecorded visit, int day) {
    visit.setRegistrationId("registration-" + visit.getVisitId());
    visit.setRegisteredAt(visit.getEndedAt());
    visit.setSubmittedAt(world.days().at(day, HAND_IN));
    visit.setRegisterComplete(true);
  }

  private static void leaveUnregistered(VisitRecorded visit) {
    visit.setRegistrationId(null);
    visit.setRegisteredAt(null);
    visit.setSubmittedAt(null);
    visit.setRegisterComplete(false);
  }

  private void visit(
      int day, int second, int length, int site, Person staff, Consumer<VisitRecorded> details) {
    visits++;
    String visitId = "V-%s-%s".formatted(customer.id(), visits);
    boolean reported = draws.chance(900);
    boolean twoPhones = draws.chance(50);
    outbox.post(
        day,
        second,
        "visit:" + visitId,
        envelope -> {
          VisitRecorded visit = new VisitRecorded();
          visit.setEnvelope(envelope);
          visit.setVisitId(visitId);
          visit.setCustomerId(customer.id());
          visit.setPhonePseudonym(pseudonym);
          visit.setSecondPhonePseudonym(twoPhones ? pseudonym : null);
          visit.setEndedAt(world.days().at(day, second + length));
          visit.setProjectId(Organisation.projectId(plan.project()));
          visit.setSiteId(Organisation.siteId(site));
          visit.setPlace(
              site % 2 == 0 ? VisitPlace.CITY_OFFICE : VisitPlace.CONSTRUCTION_SITE_OFFICE);
          visit.setStaffId(staff.id());
          visit.setRole(ReceptionRole.ROTATION);
          visit.setIsNew(true);
          visit.setFirstVisitAsked(true);
          visit.setOtherSiteAsked(true);
          visit.setFirstVisitAnswer(true);
          visit.setVisitorKind(VisitorKind.BUYER);
          visit.setDepth(ContactDepth.TOUR);
          visit.setMethod(VisitMethod.OTHER);
          visit.setChannel("walk-in");
          visit.setNoteTaken(true);
          visit.setKeyMark(false);
          visit.setDailyReportAt(reported ? world.days().at(day, HAND_IN) : null);
          details.accept(visit);
          if (visit.getRegistrationId() == null && Boolean.TRUE.equals(visit.getIsNew())) {
            visit.setPhonePseudonym(null);
            visit.setSecondPhonePseudonym(null);
          }

          return visit;
        });
  }

  private void recordReferral(int day) {
    outbox.post(
        day,
        CALL_SECOND,
        "referral:" + customer.id(),
        envelope ->
            new ReferralRecorded(
                envelope, customer.id(), Customer.id(plan.referrer()), plan.other().id()));
  }

  private void declareRelation(int day) {
    outbox.post(
        day,
        CALL_SECOND,
        "relation:" + customer.id(),
        envelope ->
            new RelationDeclared(
                envelope, customer.id(), plan.other().id(), RelationKind.RELATIVE));
  }

  /** The enquiry comes nine days before the visit; seven days of follow-ups, or one is missed. */
  private void arriveAfterCalls(int day, Person receiver) {
    int enquired = plan.secondDay();
    boolean opened = enquired >= world.organisation().opens(plan.project());
    call(enquired, 0, CallDirection.INBOUND, CallPurpose.ENQUIRY, opened);
    for (int i = 1; i <= CLAIM_DAYS; i++) {
      if (plan.scenario() != Scenario.LAPSED || i != MISSED_DAY) {
        call(enquired + i, i, CallDirection.OUTBOUND, CallPurpose.FOLLOW_UP, opened);
      }
    }

    first(
        day,
        receiver,
        visit -> {
          visit.setChannel("call-in");
          if (plan.scenario() == Scenario.RECALLED) {
            visit.setFirstVisitAnswer(true);
            visit.setRecalledStaffId(plan.other().id());
          } else if (plan.scenario() == Scenario.SKIPPED) {
            visit.setFirstVisitAsked(false);
            visit.setOtherSiteAsked(false);
            visit.setFirstVisitAnswer(null);
          }
        });
  }

  private void call(
      int day, int number, CallDirection direction, CallPurpose purpose, boolean nameDisclosed) {
    String callId = "T-%s-claim-%s".formatted(customer.id(), number);
    int length = draws.between(60, 600);
    int second = CALL_SECOND + draws.between(0, 3_600);
    boolean inbound = direction == CallDirection.INBOUND;
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
                direction,
                purpose,
                CallResult.CONNECTED,
                world.days().at(day, second + 8),
                world.days().at(day, second + length),
                inbound ? 8 : 0,
                1 + customer.number() % 8,
                plan.other().id(),
                Organisation.projectId(plan.project()),
                null,
                inbound ? "outdoor" : null,
                inbound && nameDisclosed,
                false,
                null,
                null));
  }

  private void assign(int day) {
    outbox.post(
        day,
        CALL_SECOND,
        "assignment:" + customer.id(),
        envelope ->
            new CustomerAssigned(
                envelope,
                customer.id(),
                Organisation.projectId(plan.project()),
                plan.other().id(),
                manager()));
  }

  private void rule(int day) {
    outbox.post(
        day,
        CALL_SECOND,
        "ruling:" + customer.id(),
        envelope ->
            new OwnershipRuled(
                envelope,
                "ruling-" + customer.id(),
                customer.id(),
                Organisation.projectId(plan.project()),
                plan.other().id(),
                manager(),
                List.of(),
                "the customer had dealt with them for years"));
  }

  private String manager() {
    return world.organisation().manager(plan.project()).id();
  }
}
