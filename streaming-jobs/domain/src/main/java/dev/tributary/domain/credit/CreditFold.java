package dev.tributary.domain.credit;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.Place;
import dev.tributary.domain.Wake;
import dev.tributary.domain.WakingFold;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A debtor's credit: what is at risk, the limit, the grade, alerts and reviews (CRD-1..8, ARX-2,
 * ARX-4, CUS-6).
 *
 * <ul>
 *   <li>What is open becomes overdue with the passing of its due day. What was owed of it then has
 *       fallen due, and what was paid of it before, in time. A credit, a cancellation, a write-off
 *       or an adjustment lowers both later, and a bounced payment what was in time; a late payment
 *       changes neither.
 *   <li>An open dispute leaves out what was not paid in time of its invoice, up to its amount,
 *       oldest due first.
 *   <li>The grade follows from the rate over the window, is not the best while anything is overdue,
 *       and falls with each adverse finding.
 *   <li>The debtor's own limit holds for the whole exposure or a part of it; without one for the
 *       whole, the grade's does.
 *   <li>Limits, collateral and findings hold from a day on, and a later one replaces an earlier one
 *       from its own first day on. One that begins on the day of its event or before holds at once,
 *       a later one with the passing of the day before it.
 *   <li>Grade, limits and alerts are judged at moments: events at one instant count together, in
 *       whatever order they stand.
 *   <li>A shipment that is settled is forgotten a window after the last that was heard of it; after
 *       that, cancelling its invoice opens nothing.
 * </ul>
 */
public final class CreditFold implements WakingFold<CreditEvent, CreditState, CreditLine> {

  private final CreditPolicy policy;

  public CreditFold(CreditPolicy policy) {
    this.policy = requireNonNull(policy, "policy");
  }

  @Override
  public String name() {
    return "credit";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public CreditState start() {
    return CreditState.NEW;
  }

  @Override
  public CreditState step(
      CreditState state, Place place, CreditEvent event, Consumer<? super CreditLine> lines) {
    Posting posting = new Posting(policy, state, place.occurredAt(), place.eventId(), lines);
    switch (event) {
      case BalanceMoved moved -> posting.move(moved);
      case GoodsShipped shipped -> posting.ship(shipped);
      case GoodsReturned returned -> posting.takeBack(returned);
      case ShipmentInvoiced invoiced -> posting.bill(invoiced);
      case BillingCancelled cancellation -> posting.cancel(cancellation);
      case CreditLimitSet set -> posting.limit(set);
      case CollateralPledged pledged -> posting.pledge(pledged);
      case DebtorAssessed assessed -> posting.assess(assessed);
      case CustomerReviewed reviewed -> posting.review(reviewed);
      case DisputeOpened opened -> posting.dispute(opened);
      case DisputeResolved resolution -> posting.resolve(resolution);
    }
    return posting.judged();
  }

  @Override
  public Optional<Wake> nextWake(CreditState state) {
    return Agenda.next(state, policy).map(day -> Wake.atEndOf(day, policy.zone()));
  }

  @Override
  public CreditState wake(CreditState state, Wake wake, Consumer<? super CreditLine> lines) {
    String evidenceId = "day:" + wake.day();
    Posting posting = new Posting(policy, state, wake.at(), evidenceId, lines);
    posting.pass(wake.day());
    CreditState judged = posting.judged();
    LocalDate next = wake.day().plusDays(1);
    // A day that is told to have passed after later events began no period for those.
    boolean begins = next.getDayOfMonth() == 1 && state.moment().isBefore(wake.at());
    if (begins && policy.reviewMonths().contains(next.getMonthValue()) && judged.hasCredit()) {
      LineMaker make = new LineMaker(next, evidenceId, policy.baseCurrency());
      lines.accept(make.review(next, Step.DUE, next));
      return judged.reviewDue(next);
    }
    return judged;
  }
}
