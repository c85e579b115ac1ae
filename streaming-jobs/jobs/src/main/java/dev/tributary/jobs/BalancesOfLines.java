package dev.tributary.jobs;

import dev.tributary.domain.credit.BalanceMoved;
import dev.tributary.domain.credit.CreditEvent;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.Posted;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Receivables lines as events of the credit fold: what they move of a debtor's balance, where their
 * evidence stands. A reversal takes back the very event that its line was.
 */
final class BalancesOfLines
    extends RichFlatMapFunction<Posted<ReceivablesLine>, Change<CreditEvent>> {

  private static final long serialVersionUID = 1L;

  private static final HexFormat HEX = HexFormat.of();
  private static final int HASH_BYTES = 16;

  private transient RecordCodec<BalanceMoved> codec;
  private transient MessageDigest digest;

  @Override
  public void open(OpenContext context) throws NoSuchAlgorithmException {
    codec = RecordCodec.of(BalanceMoved.class);
    digest = MessageDigest.getInstance("SHA-256");
  }

  @Override
  public void flatMap(Posted<ReceivablesLine> posted, Collector<Change<CreditEvent>> out) {
    ReceivablesLine line = posted.original();
    BalanceMoved.of(line)
        .ifPresent(
            moved ->
                out.collect(
                    new Change<>(
                        posted.subject(), line.place(), hash(moved), posted.sign(), moved)));
  }

  /** Tells the lines of one event apart; equal ones are the same event, several times. */
  private String hash(BalanceMoved moved) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      codec.write(moved, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory can be written to", e);
    }
    return HEX.formatHex(digest.digest(bytes.toByteArray()), 0, HASH_BYTES);
  }
}
