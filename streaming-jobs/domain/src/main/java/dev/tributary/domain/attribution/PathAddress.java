package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/**
 * Where journeys are counted.
 *
 * @param goal the goal
 * @param month first day of the month of the conversion, or of the last touch without one
 * @param currency ISO 4217 code of the value; empty without one
 * @param path the channels in order, or whatever else the touches are told by; empty where a
 *     conversion has no touch
 */
public record PathAddress(String goal, LocalDate month, String currency, List<String> path)
    implements Comparable<PathAddress> {

  private static final Comparator<PathAddress> ORDER =
      Comparator.comparing(PathAddress::goal)
          .thenComparing(PathAddress::month)
          .thenComparing(PathAddress::currency)
          .thenComparing(PathAddress::path, PathAddress::compare);

  public PathAddress {
    requireNonNull(goal, "goal");
    requireNonNull(month, "month");
    requireNonNull(currency, "currency");
    path = List.copyOf(path);
  }

  @Override
  public int compareTo(PathAddress other) {
    return ORDER.compare(this, other);
  }

  private static int compare(List<String> one, List<String> other) {
    Iterator<String> mine = one.iterator();
    Iterator<String> theirs = other.iterator();
    while (mine.hasNext() && theirs.hasNext()) {
      int order = mine.next().compareTo(theirs.next());
      if (order != 0) {
        return order;
      }
    }
    return Boolean.compare(mine.hasNext(), theirs.hasNext());
  }
}
