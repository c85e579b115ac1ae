package dev.tributary.warehouse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mart is one SQL file with placeholders and has two readings: the view of now, and a page's data
 * set with the as-of control in the placeholder.
 *
 * <ul>
 *   <li>{@code ${cut}}: number of the cut to read at. An unknown or null cut gives no rows. {@code
 *       any (select …)} reads several cuts at once; every row carries its cut.
 *   <li>{@code ${span.raw}}, {@code ${span.ledger}}: what that cut stands on in a layer, a row per
 *       range: {@code cut, from_cut, to_cut, business_days, last_day}. A mart reads its lines with
 *       {@code from ${span.ledger} s join mart.x_line l on l.cut > s.from_cut and l.cut <=
 *       s.to_cut}; the span comes first, because Trino pins each table's snapshot as it meets it,
 *       and lines pinned before the cut would miss the newest.
 *   <li>{@code ${as_of}}: the date to be true for; null for the latest close of each company at the
 *       cut, which is also the most it can be.
 *   <li>{@code ${zone}}: the business time zone.
 *   <li>{@code ${mart.name}}: another mart at the same cut; write the parentheses around it.
 * </ul>
 */
public final class MartSql {

  /** The newest live cut; {@code c} is the row of {@code mart.cut} that every mart looks up. */
  public static final String NEWEST_CUT = "if(c.newest, c.cut)";

  /** Every cut that was live when it was published, for checks over history. */
  public static final String EVERY_LIVE_CUT =
      "any (select n.cut from mart.cut n where n.ordinal is not null)";

  /** The latest close of each company at the cut. */
  public static final String LATEST_CLOSE = "cast(null as date)";

  /** Time zone of what pages show (configured). */
  public static final String BUSINESS_ZONE = "Asia/Shanghai";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]*)}");

  private MartSql() {}

  /**
   * The SQL of a mart.
   *
   * @param name the mart, with or without {@code mart.} before it
   * @param cutExpression a bigint expression for {@code ${cut}}, never text from a user as it came
   * @param asOfExpression a date expression for {@code ${as_of}}, {@link #LATEST_CLOSE} for none
   * @throws IllegalArgumentException when there is no such mart
   * @throws IllegalStateException naming the file and the placeholder it should not have
   */
  public static String render(String name, String cutExpression, String asOfExpression) {
    return render(
        name,
        new Reading(cutExpression, asOfExpression, layer -> span(layer, cutExpression)),
        new ArrayDeque<>());
  }

  /**
   * The SQL of a mart at cuts whose ranges are known, true for the latest close.
   *
   * @param cutExpression as above
   * @param spans of a layer, {@code raw} or {@code ledger}: a relation in parentheses
   */
  static String render(String name, String cutExpression, UnaryOperator<String> spans) {
    return render(name, new Reading(cutExpression, LATEST_CLOSE, spans), new ArrayDeque<>());
  }

  /** What stands for the placeholders. */
  private record Reading(String cut, String asOf, UnaryOperator<String> spans) {}

  /** The SQL of a mart as the view of now. */
  public static String now(String name) {
    return render(name, NEWEST_CUT, LATEST_CLOSE);
  }

  private static String render(String name, Reading reading, Deque<String> path) {
    ViewDefinition view = Definitions.load().view(name);
    if (path.contains(view.qualifiedName())) {
      throw new IllegalStateException("Marts include each other in a circle: " + path);
    }
    path.addLast(view.qualifiedName());
    String sql =
        PLACEHOLDER
            .matcher(view.sql())
            .replaceAll(
                found -> Matcher.quoteReplacement(value(view, found.group(1), reading, path)));
    path.removeLast();
    return sql.strip();
  }

  private static String value(
      ViewDefinition view, String placeholder, Reading reading, Deque<String> path) {
    return switch (placeholder) {
      case "cut" -> reading.cut();
      case "as_of" -> reading.asOf();
      case "zone" -> BUSINESS_ZONE;
      case "span.raw" -> reading.spans().apply("raw");
      case "span.ledger" -> reading.spans().apply("ledger");
      default -> {
        if (!placeholder.startsWith("mart.")) {
          throw new IllegalStateException(
              "views/%s/view.sql: ${%s} is none of ${cut}, ${span.raw}, ${span.ledger}, ${as_of}, ${zone}, ${mart.name}"
                  .formatted(view.qualifiedName().replace('.', '/'), placeholder));
        }
        yield "\n" + render(placeholder, reading, path) + "\n";
      }
    };
  }

  private static String span(String layer, String cut) {
    return """
        (
            select c.cut, t.from_cut, least(t.to_cut, c.cut) as to_cut, c.business_days, c.last_day
            from mart.cut c
            join mart.timeline t on t.epoch = c.epoch
            where t.layer = '%s' and c.cut = %s
        )"""
        .formatted(layer, cut)
        .strip();
  }
}
