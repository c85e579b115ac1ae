package dev.tributary.domain.credit;

import java.util.Comparator;

/**
 * A part of the exposure, per currency.
 *
 * @param component the part
 * @param currency ISO 4217 code
 */
public record Total(Component component, String currency) implements Comparable<Total> {

  private static final Comparator<Total> ORDER =
      Comparator.comparing(Total::component).thenComparing(Total::currency);

  @Override
  public int compareTo(Total other) {
    return ORDER.compare(this, other);
  }
}
