package dev.tributary.domain.credit;

import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import java.util.Comparator;

/**
 * What an alert is about.
 *
 * @param kind its kind
 * @param component part of the exposure whose limit it is about, or the currency without a rate;
 *     null for the whole exposure
 */
public record Alert(AlertKind kind, String component) implements Comparable<Alert> {

  private static final Comparator<Alert> ORDER =
      Comparator.comparing(Alert::kind).thenComparing(Alert::component, nullsFirst(naturalOrder()));

  @Override
  public int compareTo(Alert other) {
    return ORDER.compare(this, other);
  }
}
