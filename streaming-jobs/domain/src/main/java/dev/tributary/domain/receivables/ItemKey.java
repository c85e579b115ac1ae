package dev.tributary.domain.receivables;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * An open item, in the order in which payments of a currency pay: oldest due first, ties by
 * invoice. Instalments of an invoice are items of their own where their due days differ. Two
 * invoices that share an id are one item where all else agrees, else two.
 *
 * @param currency ISO 4217 code
 * @param dueOn last day on which it is paid in time
 * @param invoiceId the invoice; the document itself where the customer owes without one
 * @param region region of the invoice, null without one
 * @param contractId contract that is billed, null without one
 */
public record ItemKey(
    String currency, LocalDate dueOn, String invoiceId, String region, String contractId)
    implements Comparable<ItemKey> {

  private static final Comparator<String> NONE_FIRST = nullsFirst(naturalOrder());

  private static final Comparator<ItemKey> OLDEST_DUE_FIRST =
      comparing(ItemKey::currency)
          .thenComparing(ItemKey::dueOn)
          .thenComparing(ItemKey::invoiceId)
          .thenComparing(ItemKey::region, NONE_FIRST)
          .thenComparing(ItemKey::contractId, NONE_FIRST);

  static ItemKey lowestOf(String currency) {
    return new ItemKey(currency, LocalDate.MIN, "", null, null);
  }

  /** What the customer owes because of a document that is no invoice. */
  static ItemKey without(String currency, LocalDate dueOn, String documentId) {
    return new ItemKey(currency, dueOn, documentId, null, null);
  }

  /** What a payment may name to pay this item. */
  List<Target> targets() {
    Target invoice = Target.invoice(invoiceId);
    return contractId == null ? List.of(invoice) : List.of(invoice, Target.contract(contractId));
  }

  @Override
  public int compareTo(ItemKey other) {
    return OLDEST_DUE_FIRST.compare(this, other);
  }
}
