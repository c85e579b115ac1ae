package dev.tributary.domain.receivables;

import static java.math.BigDecimal.ZERO;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import dev.tributary.domain.ExactSplit;
import dev.tributary.domain.Place;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

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
    String contractId;
    String currency;
    String promotionId;
    BigDecimal open = ZERO;

    /** Regions and contracts only separate items that share day and id; " " is before any name. */
    String item() {
      return String.join(
          "/",
          dueOn.toString(),
          invoiceId,
          Objects.requireNonNullElse(region, " "),
          Objects.requireNonNullElse(contractId, " "));
    }
  }

  /** Money or credit that lies somewhere. */
  private static final class Rest {
    boolean cash;
    Place place;
    String documentId;
    String forInvoice;
    String forContract;
    String currency;
    BigDecimal left = ZERO;
  }

  private record Use(String paymentId, Owed owed, BigDecimal amount) {}

  private record PaidBack(String paymentId, String currency, BigDecimal amount) {}

  private final List<Owed> owed = new ArrayList<>();
  private final List<Rest> rests = new ArrayList<>();
  private final List<Use> uses = new ArrayList<>();
  private final List<PaidBack> paidBack = new ArrayList<>();
  private final Set<String> bounced = new HashSet<>();
  private final Set<String> cancelled = new HashSet<>();
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
    } else if (event instanceof InvoiceCancelled cancellation) {
      takeCancellation(cancellation);
    } else if (event instanceof CreditNoteIssued note) {
      takeCreditNote(note);
    } else if (event instanceof ReceivableWrittenOff writeOff) {
      takeWriteOff(writeOff);
    } else if (event instanceof BalanceAdjusted adjustment) {
      takeAdjustment(adjustment);
    } else if (event instanceof PaymentReceived payment) {
      takePayment(payment);
    } else if (event instanceof PaymentReversed reversal) {
      takeReversal(reversal);
    } else if (event instanceof CustomerRefunded refund) {
      takeRefund(refund);
    } else {
      throw new AssertionError("no rule for " + event);
    }
  }

  private void takeInvoice(InvoiceIssued invoice) {
    today = invoice.issuedOn();
    String id = invoice.invoiceId();
    String currency = invoice.lines().get(0).amount().currency();
    if (cancelled.contains(id)) {
      return;
    }
    Map<String, BigDecimal> toBill = new TreeMap<>();
    BigDecimal sum = ZERO;
    for (InvoiceLine line : invoice.lines()) {
      BigDecimal amount = ExactSplit.decimal(line.amount());
      sum = sum.add(amount);
      toBill.merge(Objects.requireNonNullElse(line.promotionId(), ""), amount, BigDecimal::add);
    }
    if (sum.signum() == 0) {
      return;
    }
    List<String> opened = new ArrayList<>();
    for (Instalment instalment : invoice.instalments()) {
      BigDecimal due = ExactSplit.decimal(instalment.amount());
      if (due.signum() == 0) {
        continue;
      }
      toBill.values().removeIf(amount -> amount.signum() == 0);
      List<BigDecimal> left = List.copyOf(toBill.values());
      List<BigDecimal> shares = ExactSplit.of(due, currency, left, left);
      int i = 0;
      for (Map.Entry<String, BigDecimal> promotion : toBill.entrySet()) {
        Owed part = new Owed();
        part.invoiceId = id;
        part.dueOn = instalment.dueOn();
        part.region = invoice.region();
        part.contractId = invoice.contractId();
        part.currency = currency;
        part.promotionId = promotion.getKey().isEmpty() ? null : promotion.getKey();
        opened.add(part.item());
        owe("INVOICE", "ARX-2", id, part, shares.get(i));
        promotion.setValue(promotion.getValue().subtract(shares.get(i)));
        i++;
      }
    }
    post("BILLED", "INVOICE", "ARX-2", id, invoice.region(), currency, sum.negate());

    useRests(rest -> !rest.cash && id.equals(rest.forInvoice), currency, opened);
    useRests(rest -> rest.cash && id.equals(rest.forInvoice), currency, opened);
    useRests(
        rest ->
            rest.cash && rest.forContract != null && rest.forContract.equals(invoice.contractId()),
        currency,
        opened);
  }

  private void useRests(Predicate<Rest> which, String currency, List<String> opened) {
    for (String item : opened.stream().distinct().toList()) {
      for (Rest rest : restsOldestFirst(which.and(rest -> rest.currency.equals(currency)))) {
        List<Owed> parts = parts(currency, part -> part.item().equals(item));
        BigDecimal used = rest.left.min(openOf(parts));
        spread(rest.cash ? "APPLICATION" : "CREDIT_NOTE", rest.documentId, parts, used);
        rest.left = rest.left.subtract(used);
        post(
            rest.cash ? "UNAPPLIED_CASH" : "FREE_CREDIT",
            rest.cash ? "APPLICATION" : "CREDIT_NOTE",
            rest.cash ? "ARX-8" : "ARX-2",
            rest.documentId,
            null,
            currency,
            used);
      }
    }
  }

  private void takeCancellation(InvoiceCancelled cancellation) {
    today = cancellation.cancelledOn();
    String id = cancellation.invoiceId();
    cancelled.add(id);
    for (Use use : List.copyOf(uses)) {
      if (use.owed().invoiceId.equals(id)) {
        owe("RELEASE", "ARX-8", use.paymentId(), use.owed(), use.amount());
        leave(true, use.paymentId(), null, null, use.owed().currency, use.amount(), "RELEASE");
        uses.remove(use);
      }
    }
    for (Owed part : List.copyOf(owed)) {
      if (part.invoiceId.equals(id) && part.open.signum() > 0) {
        BigDecimal open = part.open;
        owe("CANCELLATION", "ARX-2", id, part, open.negate());
        post("CANCELLED", "CANCELLATION", "ARX-2", id, part.region, part.currency, open);
      }
    }
  }

  private void takeCreditNote(CreditNoteIssued note) {
    today = note.issuedOn();
    String id = note.creditNoteId();
    String currency = note.amount().currency();
    BigDecimal amount = ExactSplit.decimal(note.amount());
    post("CREDITED", "CREDIT_NOTE", "ARX-2", id, null, currency, amount);
    BigDecimal left =
        note.invoiceId() == null
            ? amount
            : settle("CREDIT_NOTE", id, currency, ofInvoice(note.invoiceId()), amount);
    leave(false, id, note.invoiceId(), null, currency, left, "CREDIT_NOTE");
  }

  private void takeWriteOff(ReceivableWrittenOff writeOff) {
    today = writeOff.writtenOffOn();
    String id = writeOff.writeOffId();
    String currency = writeOff.amount().currency();
    BigDecimal amount = ExactSplit.decimal(writeOff.amount());
    BigDecimal left = settle("WRITE_OFF", id, currency, ofInvoice(writeOff.invoiceId()), amount);
    post("WRITTEN_OFF", "WRITE_OFF", "ARX-3", id, null, currency, amount.subtract(left));
  }

  private void takeAdjustment(BalanceAdjusted adjustment) {
    today = adjustment.adjustedOn();
    String id = adjustment.adjustmentId();
    String currency = adjustment.amount().currency();
    BigDecimal amount = ExactSplit.decimal(adjustment.amount());
    if (adjustment.direction() == BalanceAdjusted.Direction.OWES_MORE) {
      String about = adjustment.invoiceId() == null ? id : adjustment.invoiceId();
      oweWithoutInvoice("ADJUSTMENT", "ARX-3", id, about, currency, amount);
      post("ADJUSTED", "ADJUSTMENT", "ARX-3", id, null, currency, amount.negate());
    } else {
      Predicate<Owed> which =
          adjustment.invoiceId() == null ? part -> true : ofInvoice(adjustment.invoiceId());
      BigDecimal left = settle("ADJUSTMENT", id, currency, which, amount);
      post("ADJUSTED", "ADJUSTMENT", "ARX-3", id, null, currency, amount);
      leave(false, id, null, null, currency, left, "ADJUSTMENT");
    }
  }

  private void takePayment(PaymentReceived received) {
    today = received.receivedOn();
    String id = received.paymentId();
    String currency = received.amount().currency();
    if (bounced.contains(id)) {
      return;
    }
    BigDecimal left = ExactSplit.decimal(received.amount());
    post("CASH", "PAYMENT", "ARX-8", id, null, currency, left);
    String contract = received.contractId();
    if (!received.allocations().isEmpty()) {
      for (Allocation allocation : received.allocations()) {
        BigDecimal meant = ExactSplit.decimal(allocation.amount());
        String invoice = allocation.invoiceId();
        BigDecimal rest = settle("PAYMENT", id, currency, ofInvoice(invoice), meant);
        leave(true, id, invoice, null, currency, rest, "PAYMENT");
        left = left.subtract(meant);
      }
      leave(true, id, null, null, currency, left, "PAYMENT");
    } else if (contract != null) {
      BigDecimal rest =
          settle("PAYMENT", id, currency, part -> contract.equals(part.contractId), left);
      leave(true, id, null, contract, currency, rest, "PAYMENT");
    } else {
      BigDecimal rest = settle("PAYMENT", id, currency, part -> true, left);
      leave(true, id, null, null, currency, rest, "PAYMENT");
    }
  }

  private void takeReversal(PaymentReversed reversal) {
    today = reversal.reversedOn();
    String id = reversal.paymentId();
    for (Use use : List.copyOf(uses)) {
      if (use.paymentId().equals(id)) {
        owe("REVERSAL", "ARX-8", id, use.owed(), use.amount());
        post("CASH", "REVERSAL", "ARX-8", id, null, use.owed().currency, use.amount().negate());
        uses.remove(use);
      }
    }
    for (Rest rest : rests) {
      if (rest.cash && rest.documentId.equals(id)) {
        post("UNAPPLIED_CASH", "REVERSAL", "ARX-8", id, null, rest.currency, rest.left);
        post("CASH", "REVERSAL", "ARX-8", id, null, rest.currency, rest.left.negate());
        rest.left = ZERO;
      }
    }
    for (PaidBack back : List.copyOf(paidBack)) {
      if (back.paymentId().equals(id)) {
        oweWithoutInvoice("REVERSAL", "ARX-8", id, id, back.currency(), back.amount());
        post("CASH", "REVERSAL", "ARX-8", id, null, back.currency(), back.amount().negate());
        paidBack.remove(back);
      }
    }
    bounced.add(id);
  }

  private void takeRefund(CustomerRefunded refund) {
    today = refund.refundedOn();
    String id = refund.refundId();
    String currency = refund.amount().currency();
    BigDecimal left = ExactSplit.decimal(refund.amount());
    post("CASH", "REFUND", "ARX-8", id, null, currency, left.negate());
    boolean any = refund.paymentId() == null && refund.creditNoteId() == null;
    List<Rest> from = new ArrayList<>();
    from.addAll(
        restsOldestFirst(rest -> rest.cash && (any || rest.documentId.equals(refund.paymentId()))));
    from.addAll(
        restsOldestFirst(
            rest -> !rest.cash && (any || rest.documentId.equals(refund.creditNoteId()))));
    for (Rest rest : from) {
      if (rest.currency.equals(currency)) {
        BigDecimal taken = left.min(rest.left);
        left = left.subtract(taken);
        rest.left = rest.left.subtract(taken);
        post(
            rest.cash ? "UNAPPLIED_CASH" : "FREE_CREDIT",
            "REFUND",
            "ARX-8",
            rest.documentId,
            null,
            currency,
            taken);
        if (rest.cash) {
          paidBack.add(new PaidBack(rest.documentId, currency, taken));
        }
      }
    }
    oweWithoutInvoice("REFUND", "ARX-8", id, id, currency, left);
  }

  private static Predicate<Owed> ofInvoice(String invoiceId) {
    return part -> part.invoiceId.equals(invoiceId);
  }

  /** Lowers items, oldest due first; says what is left of the amount. */
  private BigDecimal settle(
      String entry, String documentId, String currency, Predicate<Owed> which, BigDecimal amount) {
    BigDecimal left = amount;
    List<String> items = parts(currency, which).stream().map(Owed::item).distinct().toList();
    for (String item : items.stream().sorted().toList()) {
      List<Owed> parts = parts(currency, part -> part.item().equals(item));
      BigDecimal used = left.min(openOf(parts));
      spread(entry, documentId, parts, used);
      left = left.subtract(used);
    }
    return left;
  }

  private void spread(String entry, String documentId, List<Owed> parts, BigDecimal amount) {
    if (amount.signum() == 0) {
      return;
    }
    boolean paid = entry.equals("PAYMENT") || entry.equals("APPLICATION");
    String rule = paid ? "ARX-8" : entry.equals("CREDIT_NOTE") ? "ARX-2" : "ARX-3";
    List<BigDecimal> open = parts.stream().map(part -> part.open).toList();
    List<BigDecimal> shares = ExactSplit.of(amount, parts.get(0).currency, open, open);
    for (int i = 0; i < parts.size(); i++) {
      owe(entry, rule, documentId, parts.get(i), shares.get(i).negate());
      if (paid) {
        uses.add(new Use(documentId, parts.get(i), shares.get(i)));
      }
    }
  }

  private void leave(
      boolean cash,
      String documentId,
      String forInvoice,
      String forContract,
      String currency,
      BigDecimal amount,
      String entry) {
    Rest rest = new Rest();
    rest.cash = cash;
    rest.place = now;
    rest.documentId = documentId;
    rest.forInvoice = forInvoice;
    rest.forContract = forContract;
    rest.currency = currency;
    rest.left = amount;
    rests.add(rest);
    String rule = cash ? "ARX-8" : entry.equals("CREDIT_NOTE") ? "ARX-2" : "ARX-3";
    String account = cash ? "UNAPPLIED_CASH" : "FREE_CREDIT";
    post(account, entry, rule, documentId, null, currency, amount.negate());
  }

  private void oweWithoutInvoice(
      String entry,
      String rule,
      String documentId,
      String about,
      String currency,
      BigDecimal amount) {
    Owed part = new Owed();
    part.invoiceId = about;
    part.dueOn = today;
    part.currency = currency;
    owe(entry, rule, documentId, part, amount);
  }

  /** Changes what is open of a part, which may be new. */
  private void owe(String entry, String rule, String documentId, Owed like, BigDecimal amount) {
    Owed part =
        parts(like.currency, other -> other.item().equals(like.item())).stream()
            .filter(other -> Objects.equals(other.promotionId, like.promotionId))
            .findFirst()
            .orElse(like);
    if (part == like && !owed.contains(like)) {
      owed.add(like);
    }
    part.open = part.open.add(amount);
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

  private List<Owed> parts(String currency, Predicate<Owed> which) {
    return owed.stream()
        .filter(part -> part.currency.equals(currency))
        .filter(which)
        .sorted(comparing(part -> part.promotionId, nullsFirst(naturalOrder())))
        .toList();
  }

  private List<Rest> restsOldestFirst(Predicate<Rest> which) {
    return rests.stream()
        .filter(rest -> rest.left.signum() > 0)
        .filter(which)
        .sorted(
            comparing((Rest rest) -> rest.place, HISTORY)
                .thenComparing(rest -> rest.documentId)
                .thenComparing(rest -> rest.forInvoice, nullsFirst(naturalOrder())))
        .toList();
  }

  private static BigDecimal openOf(List<Owed> parts) {
    return parts.stream().map(part -> part.open).reduce(ZERO, BigDecimal::add);
  }

  private void post(
      String account,
      String entry,
      String rule,
      String documentId,
      String region,
      String currency,
      BigDecimal amount) {
    ledger.merge(
        address(
            account,
            entry,
            documentId,
            documentId,
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
