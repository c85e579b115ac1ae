package dev.tributary.jobs;

import dev.tributary.domain.Place;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.Receipt;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.Posted;
import java.time.Instant;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Receivables lines as events of the promotion fold: what a payment or a credit note did to the
 * invoice lines of a promotion. A reversed line carries its sign in its amount.
 */
final class ReceiptsOfLines
    extends RichFlatMapFunction<Posted<ReceivablesLine>, Change<PromotionEvent>> {

  private static final long serialVersionUID = 1L;

  @Override
  public void flatMap(Posted<ReceivablesLine> posted, Collector<Change<PromotionEvent>> out) {
    Receipt.of(Subject.debtor(posted.subject()), posted.line())
        .ifPresent(
            receipt ->
                out.collect(
                    new Change<>(
                        receipt.company(),
                        new Place(Instant.EPOCH, 0, 0, posted.line().evidenceId()),
                        "",
                        1,
                        receipt)));
  }
}
