package dev.tributary.ingestion.sampleyear;

import java.util.List;

/** An invoice that was issued: its parts, oldest due first, and what is open of each, in cents. */
final class OpenInvoice {

  /**
   * A part of an invoice.
   *
   * @param due day it is due, may be past the end
   */
  record Part(int due, long cents) {}

  private final String id;
  private final List<Part> parts;
  private final long[] open;

  OpenInvoice(String id, List<Part> parts) {
    this.id = id;
    this.parts = parts;
    this.open = parts.stream().mapToLong(Part::cents).toArray();
  }

  String id() {
    return id;
  }

  List<Part> parts() {
    return parts;
  }

  long whole() {
    return parts.stream().mapToLong(Part::cents).sum();
  }

  long open() {
    return openDueBefore(Integer.MAX_VALUE);
  }

  /** What is open of the parts that were due before a day. */
  long openDueBefore(int day) {
    long sum = 0;
    for (int i = 0; i < open.length; i++) {
      if (parts.get(i).due() < day) {
        sum += open[i];
      }
    }

    return sum;
  }

  /** Settles the oldest parts, as far as they are open. */
  void settle(long cents) {
    long rest = cents;
    for (int i = 0; i < open.length; i++) {
      long settled = Math.min(rest, open[i]);
      open[i] -= settled;
      rest -= settled;
    }
  }

  /** Opens again what was settled: the latest parts, as if it had never been settled. */
  void reopen(long cents) {
    long rest = cents;
    for (int i = open.length - 1; i >= 0; i--) {
      long again = Math.min(rest, parts.get(i).cents() - open[i]);
      open[i] += again;
      rest -= again;
    }
  }
}
