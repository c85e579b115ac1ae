package dev.tributary.jobs;

import dev.tributary.domain.CommutativeFold;
import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.WakingFold;
import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.AttributionFold;
import dev.tributary.domain.attribution.AttributionLine;
import dev.tributary.domain.attribution.AttributionState;
import dev.tributary.domain.credit.BalanceMoved;
import dev.tributary.domain.credit.CreditEvent;
import dev.tributary.domain.credit.CreditFold;
import dev.tributary.domain.credit.CreditLine;
import dev.tributary.domain.credit.CreditState;
import dev.tributary.domain.promotions.PromotionAddress;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.PromotionFold;
import dev.tributary.domain.promotions.PromotionMeasures;
import dev.tributary.domain.promotions.PromotionPolicy;
import dev.tributary.domain.receivables.Account;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.domain.receivables.ReceivablesFold;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.runtime.ledger.CommutativeSetup;
import dev.tributary.runtime.ledger.OrderedLedger;
import dev.tributary.runtime.ledger.WakingLedger;

/** The folds of the job, in a form that travels to its subtasks. */
public final class Folds {

  private Folds() {}

  static Promotions promotions(Policy policy) {
    return new Promotions(policy.promotions().saleWithoutInvoiceIsCollected());
  }

  static Credit credit(Policy policy) {
    return new Credit(policy.credit());
  }

  /** Who earned a customer's conversions, by a policy. */
  public static OrderedLedger.Setup<AttributionEvent, AttributionState, AttributionLine>
      attribution(Policy policy) {
    return new Attribution(policy.attribution());
  }

  /** Open items, payments applied, double entry. */
  public record Receivables()
      implements OrderedLedger.Setup<ReceivablesEvent, Account, ReceivablesLine> {

    @Override
    public OrderedFold<ReceivablesEvent, Account, ReceivablesLine> fold() {
      return new ReceivablesFold();
    }

    @Override
    public Class<ReceivablesEvent> event() {
      return ReceivablesEvent.class;
    }

    @Override
    public Class<Account> state() {
      return Account.class;
    }

    @Override
    public Class<ReceivablesLine> line() {
      return ReceivablesLine.class;
    }
  }

  /** Exposure, limits, grades, alerts. */
  record Credit(CreditSettings settings)
      implements WakingLedger.Setup<CreditEvent, CreditState, CreditLine> {

    @Override
    public WakingFold<CreditEvent, CreditState, CreditLine> fold() {
      return new CreditFold(settings.policy());
    }

    @Override
    public String companyOf(String subject) {
      return Subject.debtor(subject).company();
    }

    @Override
    public boolean mayRepeat(CreditEvent event) {
      return event instanceof BalanceMoved;
    }

    @Override
    public Class<CreditEvent> event() {
      return CreditEvent.class;
    }

    @Override
    public Class<CreditState> state() {
      return CreditState.class;
    }

    @Override
    public Class<CreditLine> line() {
      return CreditLine.class;
    }
  }

  /** Who earned a customer's conversions. */
  record Attribution(AttributionSettings settings)
      implements OrderedLedger.Setup<AttributionEvent, AttributionState, AttributionLine> {

    @Override
    public OrderedFold<AttributionEvent, AttributionState, AttributionLine> fold() {
      return new AttributionFold(settings.policy());
    }

    @Override
    public Class<AttributionEvent> event() {
      return AttributionEvent.class;
    }

    @Override
    public Class<AttributionState> state() {
      return AttributionState.class;
    }

    @Override
    public Class<AttributionLine> line() {
      return AttributionLine.class;
    }
  }

  /** What promotions cost and brought. */
  public record Promotions(boolean saleWithoutInvoiceIsCollected)
      implements CommutativeSetup<PromotionEvent, PromotionAddress, PromotionMeasures> {

    @Override
    public CommutativeFold<PromotionEvent, PromotionAddress, PromotionMeasures> fold() {
      return new PromotionFold(new PromotionPolicy(saleWithoutInvoiceIsCollected));
    }

    @Override
    public Class<PromotionEvent> event() {
      return PromotionEvent.class;
    }

    @Override
    public Class<PromotionAddress> address() {
      return PromotionAddress.class;
    }

    @Override
    public Class<PromotionMeasures> measures() {
      return PromotionMeasures.class;
    }
  }
}
