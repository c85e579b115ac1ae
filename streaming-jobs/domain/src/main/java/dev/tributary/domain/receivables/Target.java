package dev.tributary.domain.receivables;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What money or credit is meant for, as its sender says.
 *
 * @param kind what the id is of
 * @param id the invoice or the contract
 */
public record Target(Kind kind, String id) implements Comparable<Target> {

  /** What money or credit can be meant for. */
  public enum Kind {
    INVOICE,
    CONTRACT
  }

  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::kind).thenComparing(Target::id);

  public Target {
    requireNonNull(kind, "kind");
    requireNonNull(id, "id");
  }

  static Target invoice(String id) {
    return new Target(Kind.INVOICE, id);
  }

  static Target contract(String id) {
    return new Target(Kind.CONTRACT, id);
  }

  @Override
  public int compareTo(Target other) {
    return ORDER.compare(this, other);
  }
}
