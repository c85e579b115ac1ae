package dev.tributary.ingestion.importing;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How a company writes dates, times and numbers.
 *
 * @param zone zone of times without one, and of its business days
 * @param patterns formats of dates and times beside ISO 8601, tried in order
 * @param decimalSeparator between whole and fraction
 * @param groupSeparator between thousands; null when there is none
 */
record Formats(
    ZoneId zone,
    List<DateTimeFormatter> patterns,
    char decimalSeparator,
    Character groupSeparator) {

  static Formats iso(ZoneId zone) {
    return new Formats(zone, List.of(), '.', null);
  }

  /** A strict formatter; throws IllegalArgumentException when the pattern is none. */
  static DateTimeFormatter pattern(String pattern) {
    return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  /** Throws NumberFormatException when the text is no number in this format. */
  BigDecimal number(String text) {
    String plain = text.strip();
    if (groupSeparator != null) {
      plain = plain.replace(String.valueOf(groupSeparator), "");
    }

    if (decimalSeparator != '.') {
      if (plain.indexOf('.') >= 0) {
        throw new NumberFormatException(text);
      }

      plain = plain.replace(decimalSeparator, '.');
    }

    return new BigDecimal(plain);
  }

  Optional<LocalDate> date(String text) {
    return temporal(text)
        .map(
            parsed ->
                switch (parsed) {
                  case LocalDate date -> date;
                  case LocalDateTime local -> local.toLocalDate();
                  default -> Instant.from(parsed).atZone(zone).toLocalDate();
                });
  }

  /** A date alone is its first moment in the company's zone. */
  Optional<Instant> instant(String text) {
    return temporal(text)
        .map(
            parsed ->
                switch (parsed) {
                  case LocalDate date -> date.atStartOfDay(zone).toInstant();
                  case LocalDateTime local -> local.atZone(zone).toInstant();
                  default -> Instant.from(parsed);
                });
  }

  private Optional<TemporalAccessor> temporal(String text) {
    String stripped = text.strip();
    for (DateTimeFormatter pattern : patterns) {
      try {
        return Optional.of(
            pattern.parseBest(
                stripped, OffsetDateTime::from, LocalDateTime::from, LocalDate::from));
      } catch (DateTimeException e) {
        // The next pattern may fit.
      }
    }

    try {
      if (stripped.length() == 10) {
        return Optional.of(LocalDate.parse(stripped));
      }

      return Optional.of(
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              stripped.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
