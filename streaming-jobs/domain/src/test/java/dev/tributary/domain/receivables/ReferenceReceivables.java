package dev.tributary.domain.receivables;

import static java.math.BigDecimal.ZERO;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Money;
import dev.tributary.domain.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The receivables rules once more, written from their text: lists that are scanned again for every
 * event, decimals, nothing ever removed. Shares no code with the fold; slow on purpose.
 */
final class ReferenceReceivables {

  private static final Comparator<Place> HISTORY =
      comparing((Place place) -> place.occurredAt())
          .thenComparingInt(place -> place.typeRank())
          .thenComparingLong(place -> place.sourceSequence())
          .thenComparing(place -> place.eventId());

  /** What one promotion of one item is owed. */
  private static final class Owed {
    String invoiceId;
    LocalDate dueOn;
    String region;
    String currency;
    String promotionId;
    BigDecimal open = ZERO;
  }

  /** A payment or credit note event and what is left of it. */
  private static final class Source {
    Place place;
    String documentId;
    String invoiceId;
    String currency;
    BigDecimal left = ZERO;
  }

  private record Use(String paymentId, Owed owed, BigDecimal amount) {}

  private final List<Owed> owed = new ArrayList<>();
  private final List<Source> payments = new ArrayList<>();
  private final List<Source> creditNotes = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<String> bounced = new ArrayList<>();
  private final Map<String, BigDecimal> ledger = new TreeMap<>();

  private Place now;
  private LocalDate today;

  private ReferenceReceivables() {}

  /** The net ledger: amount by address, no zeros. */
  static Map<String, BigDecimal> ledgerOf(Map<Place, ReceivablesEvent> events) {
    ReferenceReceivables reference = new ReferenceReceivables();
    events.keySet().stream()
        .sorted(HISTORY)
        .forEach(place -> reference.take(place, events.get(place)));
    reference.ledger.values().removeIf(amount -> amount.signum() == 0);
    return reference.ledger;
  }

  /** The address of a line as the reference writes it. */
  static String address(ReceivablesLine line) {
    return address(
        line.account().name(),
        line.entry().name(),
        line.documentId(),
        line.itemId(),
        line.promotionId(),
        line.region(),
        line.amount().currency(),
        line.effectiveOn(),
        line.dueOn(),
        line.ruleId(),
        line.evidenceId());
  }

  private void take(Place place, ReceivablesEvent event) {
    now = place;
    if (event instanceof InvoiceIssued invoice) {
      takeInvoice(invoice);
    } else if (event instanceof CreditNoteIssued note) {
      takeCreditNote(note);
    } else if (event instanceof PaymentReceived payment) {
      takePayment(payment);
    } else if (event instanceof PaymentReversed reversal) {
      takeReversal(reversal);
    }
  }

  private void takeInvoice(InvoiceIssued invoice) {
    today = invoice.issuedOn();
    String id = invoice.invoiceId();
    String currency = null;
    BigDecimal sum = ZERO;
    for (InvoiceLine line : invoice.lines()) {
      currency = line.amount().currency();
      BigDecimal amount = ExactSplit.decimal(line.amount());
      sum = sum.add(amount);
      Owed part = find(invoice, line);
      part.open = part.open.add(amount);
      receivable("INVOICE", "ARX-2", id, part, amount);
    }
    if (sum.signum() == 0) {
      return;
    }
    post("BILLED", "INVOICE", "ARX-2", id, id, invoice.region(), currency, sum.negate());

    for (Source note : leftInHistory(creditNotes)) {
      if (id.equals(note.invoiceId) && note.currency.equals(currency)) {
        BigDecimal used = note.left.min(openOf(itemOf(invoice, currency)));
        spread("CREDIT_NOTE", "ARX-2", note.documentId, itemOf(invoice, currency), used);
        note.left = note.left.subtract(used);
        post(
            "FREE_CREDIT",
            "CREDIT_NOTE",
            "ARX-2",
            note.documentId,
            note.documentId,
            null,
            currency,
            used);
      }
    }
    for (Source payment : leftInHistory(payments)) {
      if (payment.currency.equals(currency)) {
        BigDecimal used = payment.left.min(openOf(itemOf(invoice, currency)));
        spread("APPLICATION", "ARX-8", payment.documentId, itemOf(invoice, currency), used);
        payment.left = payment.left.subtract(used);
        post(
            "UNAPPLIED_CASH",
            "APPLICATION",
            "ARX-8",
            payment.documentId,
            payment.documentId,
            null,
            currency,
            used);
      }
    }
  }

  private void takeCreditNote(CreditNoteIssued issued) {
    today = issued.issuedOn();
    Source note = source(issued.creditNoteId(), issued.amount());
    note.invoiceId = issued.invoiceId();
    post(
        "CREDITED",
        "CREDIT_NOTE",
        "ARX-2",
        note.documentId,
        note.documentId,
        null,
        note.currency,
        note.left);
    for (List<Owed> item : itemsOldestDueFirst(note.currency)) {
      if (item.getFirst().invoiceId.equals(note.invoiceId)) {
        BigDecimal used = note.left.min(openOf(item));
        spread("CREDIT_NOTE", "ARX-2", note.documentId, item, used);
        note.left = note.left.subtract(used);
      }
    }
    post(
        "FREE_CREDIT",
        "CREDIT_NOTE",
        "ARX-2",
        note.documentId,
        note.documentId,
        null,
        note.currency,
        note.left.negate());
    creditNotes.add(note);
  }

  private void takePayment(PaymentReceived received) {
    today = received.receivedOn();
    if (bounced.contains(received.paymentId())) {
      return;
    }
    Source payment = source(received.paymentId(), received.amount());
    String id = payment.documentId;
    post("CASH", "PAYMENT", "ARX-8", id, id, null, payment.currency, payment.left);
    for (List<Owed> item : itemsOldestDueFirst(payment.currency)) {
      BigDecimal used = payment.left.min(openOf(item));
      spread("PAYMENT", "ARX-8", id, item, used);
      payment.left = payment.left.subtract(used);
    }
    post(
        "UNAPPLIED_CASH",
        "PAYMENT",
        "ARX-8",
        id,
        id,
        null,
        payment.currency,
        payment.left.negate());
    payments.add(payment);
  }

  private void takeReversal(PaymentReversed reversal) {
    today = reversal.reversedOn();
    String id = reversal.paymentId();
    for (Use use : List.copyOf(uses)) {
      if (use.paymentId().equals(id)) {
        use.owed().open = use.owed().open.add(use.amount());
        receivable("REVERSAL", "ARX-8", id, use.owed(), use.amount());
        post("CASH", "REVERSAL", "ARX-8", id, id, null, use.owed().currency, use.amount().negate());
        uses.remove(use);
      }
    }
    for (Source payment : payments) {
      if (payment.documentId.equals(id)) {
        post("UNAPPLIED_CASH", "REVERSAL", "ARX-8", id, id, null, payment.currency, payment.left);
        post("CASH", "REVERSAL", "ARX-8", id, id, null, payment.currency, payment.left.negate());
        payment.left = ZERO;
      }
    }
    bounced.add(id);
  }

  private void spread(
      String entry, String rule, String documentId, List<Owed> item, BigDecimal amount) {
    if (amount.signum() == 0) {
      return;
    }
    List<BigDecimal> open = item.stream().map(part -> part.open).toList();
    List<BigDecimal> shares = ExactSplit.of(amount, item.getFirst().currency, open, open);
    for (int i = 0; i < item.size(); i++) {
      Owed part = item.get(i);
      part.open = part.open.subtract(shares.get(i));
      receivable(entry, rule, documentId, part, shares.get(i).negate());
      if (!entry.equals("CREDIT_NOTE")) {
        uses.add(new Use(documentId, part, shares.get(i)));
      }
    }
  }

  private Owed find(InvoiceIssued invoice, InvoiceLine line) {
    for (Owed part : itemOf(invoice, line.amount().currency())) {
      if (Objects.equals(part.promotionId, line.promotionId())) {
        return part;
      }
    }
    Owed part = new Owed();
    part.invoiceId = invoice.invoiceId();
    part.dueOn = invoice.dueOn();
    part.region = invoice.region();
    part.currency = line.amount().currency();
    part.promotionId = line.promotionId();
    owed.add(part);
    return part;
  }

  private List<Owed> itemOf(InvoiceIssued invoice, String currency) {
    return owed.stream()
        .filter(part -> part.invoiceId.equals(invoice.invoiceId()))
        .filter(part -> part.dueOn.equals(invoice.dueOn()))
        .filter(part -> Objects.equals(part.region, invoice.region()))
        .filter(part -> part.currency.equals(currency))
        .sorted(comparing(part -> part.promotionId, nullsFirst(naturalOrder())))
        .toList();
  }

  private List<List<Owed>> itemsOldestDueFirst(String currency) {
    Map<String, List<Owed>> items = new TreeMap<>();
    for (Owed part : owed) {
      if (part.currency.equals(currency)) {
        // Regions only separate items that share day and id; " " sorts before any name.
        String key =
            part.dueOn + "/" + part.invoiceId + "/" + Objects.requireNonNullElse(part.region, " ");
        items.computeIfAbsent(key, k -> new ArrayList<>()).add(part);
      }
    }
    for (List<Owed> item : items.values()) {
      item.sort(comparing(part -> part.promotionId, nullsFirst(naturalOrder())));
    }
    return List.copyOf(items.values());
  }

  private static List<Source> leftInHistory(List<Source> sources) {
    return sources.stream()
        .filter(source -> source.left.signum() > 0)
        .sorted(comparing(source -> source.place, HISTORY))
        .toList();
  }

  private Source source(String documentId, Money amount) {
    Source source = new Source();
    source.place = now;
    source.documentId = documentId;
    source.currency = amount.currency();
    source.left = ExactSplit.decimal(amount);
    return source;
  }

  private static BigDecimal openOf(List<Owed> item) {
    return item.stream().map(part -> part.open).reduce(ZERO, BigDecimal::add);
  }

  private void receivable(
      String entry, String rule, String documentId, Owed part, BigDecimal amount) {
    ledger.merge(
        address(
            "RECEIVABLE",
            entry,
            documentId,
            part.invoiceId,
            part.promotionId,
            part.region,
            part.currency,
            today,
            part.dueOn,
            rule,
            now.eventId()),
        amount,
        BigDecimal::add);
  }

  private void post(
      String account,
      String entry,
      String rule,
      String documentId,
      String itemId,
      String region,
      String currency,
      BigDecimal amount) {
    ledger.merge(
        address(
            account,
            entry,
            documentId,
            itemId,
            null,
            region,
            currency,
            today,
            null,
            rule,
            now.eventId()),
        amount,
        BigDecimal::add);
  }

  private static String address(Object... columns) {
    return Arrays.toString(columns);
  }
}
