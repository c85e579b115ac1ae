package dev.tributary.bench;

import dev.tributary.bench.PromotionResults.Results;
import java.util.Optional;

/** Something that reads the whole stream once. */
interface Contender {

  /** What it is called in the report. */
  String name();

  /** Reads every record of the broker's topics up to the ends known now. */
  Outcome run(Broker broker, Lake lake, Meter meter) throws Exception;

  /**
   * What one run came to.
   *
   * @param results promotion results, where they are computed
   * @param rawRows rows of the raw layer, where it is written
   * @param ledgerRows lines posted to ledgers, where there are any
   */
  record Outcome(Cost cost, Optional<Results> results, long rawRows, long ledgerRows) {}
}
