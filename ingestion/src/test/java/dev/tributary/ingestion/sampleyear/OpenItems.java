package dev.tributary.ingestion.sampleyear;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one customer owes, worked out from rows in the order in which they happened: a plain loop
 * that shares nothing with the generator.
 */
final class OpenItems {

  private static final class Item {
    private final String invoice;
    private final LocalDate due;
    private BigDecimal open;
    private BigDecimal settled = BigDecimal.ZERO;

    private Item(String invoice, LocalDate due, BigDecimal open) {
      this.invoice = invoice;
      this.due = due;
      this.open = open;
    }
  }

  private record Applied(String invoice, BigDecimal amount) {}

  private final List<Item> items = new ArrayList<>();
  private final Map<String, List<Applied>> payments = new HashMap<>();
  private BigDecimal unapplied = BigDecimal.ZERO;

  void happened(JsonNode row) {
    switch (row.get("type").asText()) {
      case "InvoiceIssued" -> invoice(row);
      case "InvoiceCancelled" -> cancel(row.get("invoice_id").asText());
      case "CreditNoteIssued" -> {
        if (row.has("invoice_id")) {
          unapplied = unapplied.add(apply(row.get("invoice_id").asText(), amount(row)));
        } else {
          unapplied = unapplied.add(amount(row));
        }
      }
      case "PaymentReceived" -> pay(row);
      case "PaymentReversed" -> reverse(row.get("payment_id").asText());
      case "ReceivableWrittenOff", "BalanceAdjusted" ->
          apply(row.get("invoice_id").asText(), amount(row));
      case "CustomerRefunded" -> unapplied = unapplied.subtract(amount(row));
      default -> {}
    }
  }

  BigDecimal outstanding() {
    return items.stream().map(item -> item.open).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal overdue(LocalDate day) {
    return items.stream()
        .filter(item -> item.due.isBefore(day))
        .map(item -> item.open)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  BigDecimal unapplied() {
    return unapplied;
  }

  private void invoice(JsonNode row) {
    String id = row.get("invoice_id").asText();
    if (row.has("instalments")) {
      row.get("instalments")
          .forEach(part -> items.add(new Item(id, date(part, "due_on"), amount(part))));
      return;
    }

    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode line : row.get("lines")) {
      sum = sum.add(amount(line));
    }

    items.add(new Item(id, date(row, "due_on"), sum));
  }

  private void pay(JsonNode row) {
    List<Applied> applied = new ArrayList<>();
    BigDecimal rest = amount(row);
    if (row.has("allocations")) {
      for (JsonNode allocation : row.get("allocations")) {
        applied.add(new Applied(allocation.get("invoice_id").asText(), amount(allocation)));
      }
    } else {
      String oldest =
          items.stream()
              .filter(item -> item.open.signum() > 0)
              .min((a, b) -> a.due.compareTo(b.due))
              .orElseThrow()
              .invoice;
      applied.add(new Applied(oldest, rest));
    }

    for (Applied part : applied) {
      rest = rest.subtract(part.amount());
      rest = rest.add(apply(part.invoice(), part.amount()));
    }

    payments.put(row.get("payment_id").asText(), applied);
    unapplied = unapplied.add(rest);
  }

  /** What is too much for the invoice is returned. */
  private BigDecimal apply(String invoice, BigDecimal amount) {
    BigDecimal rest = amount;
    for (Item item : items) {
      if (item.invoice.equals(invoice)) {
        BigDecimal part = rest.min(item.open);
        item.open = item.open.subtract(part);
        item.settled = item.settled.add(part);
        rest = rest.subtract(part);
      }
    }

    return rest;
  }

  private void reverse(String payment) {
    for (Applied applied : payments.get(payment)) {
      BigDecimal rest = applied.amount();
      for (Item item : items.reversed()) {
        if (item.invoice.equals(applied.invoice())) {
          BigDecimal part = rest.min(item.settled);
          item.open = item.open.add(part);
          item.settled = item.settled.subtract(part);
          rest = rest.subtract(part);
        }
      }
    }
  }

  private void cancel(String invoice) {
    for (Item item : items) {
      if (item.invoice.equals(invoice)) {
        unapplied = unapplied.add(item.settled);
        item.open = BigDecimal.ZERO;
      }
    }
  }

  private static BigDecimal amount(JsonNode row) {
    return new BigDecimal(row.get("amount").asText());
  }

  private static LocalDate date(JsonNode row, String name) {
    return LocalDate.parse(row.get(name).asText());
  }
}
