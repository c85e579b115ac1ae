package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * An open dispute, to be found by its invoice.
 *
 * @param invoiceId the invoice
 * @param disputeId the dispute
 */
public record Dispute(String invoiceId, String disputeId) implements Comparable<Dispute> {

  private static final Comparator<Dispute> ORDER =
      Comparator.comparing(Dispute::invoiceId).thenComparing(Dispute::disputeId);

  @Override
  public int compareTo(Dispute other) {
    return ORDER.compare(this, other);
  }
}
