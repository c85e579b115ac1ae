package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Who owes: the subject of the receivables fold.
 *
 * @param company company whose books the account belongs to
 * @param customerId the bill-to customer after merges
 */
public record Debtor(String company, String customerId) implements Comparable<Debtor> {

  private static final Comparator<Debtor> ORDER =
      Comparator.comparing(Debtor::company).thenComparing(Debtor::customerId);

  public Debtor {
    requireNonNull(company, "company");
    requireNonNull(customerId, "customerId");
  }

  @Override
  public int compareTo(Debtor other) {
    return ORDER.compare(this, other);
  }
}
