package dev.tributary.runtime.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rejected record a record is, sent again after a fix: the topic, partition and offset it was
 * rejected at first. It travels in the header {@value #HEADER} as {@code topic/partition/offset}.
 */
public record ReplayOf(String topic, int partition, long offset) {

  /** Name of the header. */
  public static final String HEADER = "replay-of";

  private static final Pattern TEXT =
      Pattern.compile("([a-zA-Z0-9._-]{1,249})/(\\d{1,9})/(\\d{1,18})");

  /** What a header says; empty when it is not of the form, as anybody may send headers. */
  public static Optional<ReplayOf> parse(byte[] header) {
    if (header == null) {
      return Optional.empty();
    }

    Matcher text = TEXT.matcher(new String(header, StandardCharsets.UTF_8));
    return text.matches()
        ? Optional.of(
            new ReplayOf(
                text.group(1), Integer.parseInt(text.group(2)), Long.parseLong(text.group(3))))
        : Optional.empty();
  }

  /** The header's value. */
  public byte[] header() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return topic + "/" + partition + "/" + offset;
  }
}
