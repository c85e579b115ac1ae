package dev.tributary.ingestion.sampleyear;

import java.util.ArrayList;
import java.util.List;

/**
 * A debtor's true account, in cents. What is outstanding less what is unapplied equals what was
 * invoiced, less what was cancelled, credited, written off, adjusted and paid, plus what was
 * reversed and refunded.
 */
final class Account {

  /** What was open at the end of a month, and what of it was due before that day. */
  record MonthEnd(int day, long outstanding, long overdue) {}

  private final List<MonthEnd> monthEnds = new ArrayList<>();
  private long invoiced;
  private long credited;
  private long cancelled;
  private long writtenOff;
  private long adjusted;
  private long paid;
  private long reversed;
  private long refunded;
  private long unapplied;
  private long outstanding;
  private long overdue;

  void invoiced(long cents) {
    invoiced += cents;
  }

  void credited(long cents) {
    credited += cents;
  }

  /** Money or credit came to belong to no invoice. */
  void freed(long cents) {
    unapplied += cents;
  }

  void cancelled(long cents) {
    cancelled += cents;
  }

  void writtenOff(long cents) {
    writtenOff += cents;
  }

  void adjusted(long cents) {
    adjusted += cents;
  }

  void paid(long cents, long tooMuch) {
    paid += cents;
    unapplied += tooMuch;
  }

  void reversed(long cents) {
    reversed += cents;
  }

  void refunded(long cents) {
    refunded += cents;
    unapplied -= cents;
  }

  /** Takes down what is open at the end of a day. */
  void closeAt(int day, List<OpenInvoice> invoices) {
    this.outstanding = invoices.stream().mapToLong(OpenInvoice::open).sum();
    this.overdue = invoices.stream().mapToLong(invoice -> invoice.openDueBefore(day)).sum();
  }

  /** Takes down what is open at the end of a month, if anything is. */
  void closeMonth(int day, List<OpenInvoice> invoices) {
    closeAt(day, invoices);
    if (outstanding > 0) {
      monthEnds.add(new MonthEnd(day, outstanding, overdue));
    }
  }

  long invoiced() {
    return invoiced;
  }

  long credited() {
    return credited;
  }

  long cancelled() {
    return cancelled;
  }

  long writtenOff() {
    return writtenOff;
  }

  /** What was taken off by hand. */
  long adjusted() {
    return adjusted;
  }

  long paid() {
    return paid;
  }

  long reversed() {
    return reversed;
  }

  long refunded() {
    return refunded;
  }

  /** Money and free credit that belong to no invoice. */
  long unapplied() {
    return unapplied;
  }

  /** The ends of months at which something was open. */
  List<MonthEnd> monthEnds() {
    return monthEnds;
  }

  /** What is open, not counting what is unapplied. */
  long outstanding() {
    return outstanding;
  }

  /** What of it was due before the last day. */
  long overdue() {
    return overdue;
  }
}
