package dev.tributary.runtime.source;

import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.ledger.Stamped;
import java.io.Serializable;

/** Makes the lake's rows of what the source operators say. */
public interface LakeRows extends Serializable {

  /** A row of {@code ops.accounting}. */
  LakeRow accounting(Stamped<Accounting> row);

  /** A row of {@code ops.rejected}. */
  LakeRow rejected(Stamped<Rejected> row);

  /** A row of {@code ops.replays}. */
  LakeRow replay(Stamped<Replay> row);

  /** A row of {@code ops.superseded}. */
  LakeRow superseded(Stamped<SupersededVersion> row);

  /** A row of the raw table of the event's topic. */
  LakeRow raw(Stamped<Fact> row);

  /** The latest instant any event happened at. */
  LakeRow watermark(long micros);

  /** A business day that is in effect. */
  LakeRow dayClosed(String company, java.time.LocalDate closedOn);

  /** How many more records were read back from the raw layer, see {@link AcceptAfterReplay}. */
  LakeRow replayed(long records);
}
