package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import java.util.function.Consumer;

/**
 * Who earned a customer's conversions, by every rule-based model (ATR-1, ATR-3).
 *
 * <ul>
 *   <li>A conversion looks back at the touches within its goal's window, both ends included, in the
 *       order of time and event id. A touch can earn of several conversions.
 *   <li>Credit and revenue are each split by the largest remainder, the earlier touch first. What a
 *       model gives to no touch is unattributed.
 *   <li>A refund splits what is left of the value anew and counts, as the difference, on its own
 *       day. A conversion of which nothing is left gives no credit.
 *   <li>A touch or milestone at the very instant of a conversion belongs to its journey, wherever
 *       it stands among the events of that instant.
 *   <li>Touches that no conversion of a goal reaches are journeys that have not converted. One
 *       holds no more than a window does: what comes later begins another.
 * </ul>
 */
public final class AttributionFold
    implements OrderedFold<AttributionEvent, AttributionState, AttributionLine> {

  /** The rule of the catalogue that asks for this ledger. */
  public static final String RULE_ID = "ATR-3";

  private final AttributionPolicy policy;

  public AttributionFold(AttributionPolicy policy) {
    this.policy = requireNonNull(policy, "policy");
  }

  @Override
  public String name() {
    return "attribution";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public AttributionState start() {
    return AttributionState.NEW;
  }

  @Override
  public AttributionState step(
      AttributionState state,
      Place place,
      AttributionEvent event,
      Consumer<? super AttributionLine> lines) {
    Posting posting = new Posting(policy, state, place, lines);
    switch (event) {
      case Touch touch -> posting.touch(touch);
      case MilestoneReached milestone -> posting.reach(milestone);
      case ConversionMade made -> posting.make(made);
      case ConversionRevalued revalued -> posting.revalue(revalued);
      case ConversionReduced reduced -> posting.reduce(reduced);
      case ConversionCancelled cancellation -> posting.cancel(cancellation);
    }
    return posting.state();
  }
}
