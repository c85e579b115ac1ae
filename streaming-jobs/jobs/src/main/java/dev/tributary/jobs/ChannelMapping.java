package dev.tributary.jobs;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Which channel of the taxonomy is meant by what a source recorded. */
final class ChannelMapping {

  private final Map<String, String> byAlias = new HashMap<>();
  private final Map<String, String> byTags = new HashMap<>();

  ChannelMapping(AttributionSettings settings) {
    settings
        .channels()
        .forEach(
            (name, channel) -> {
              byAlias.put(normal(name), name);
              channel.aliases().forEach(alias -> byAlias.put(normal(alias), name));
              channel.utm().forEach(tags -> byTags.put(normal(tags), name));
            });
  }

  /** As values are compared: letters large or small, with space around them or without. */
  static String normal(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * The channel of a recorded value.
   *
   * @param recorded null when nothing was recorded
   * @return null when it maps to none
   */
  String channelOf(String recorded) {
    return recorded == null ? null : byAlias.get(normal(recorded));
  }

  /**
   * The channel of a landing page's tags: both together, else any medium of the source, else any
   * source of the medium.
   *
   * @return null when they map to none
   */
  String channelOfTags(String source, String medium) {
    String from = source == null ? "" : normal(source);
    String by = medium == null ? "" : normal(medium);
    String both = byTags.get(from + "/" + by);
    if (both != null) {
      return both;
    }

    String anyMedium = from.isEmpty() ? null : byTags.get(from + "/*");
    return anyMedium != null || by.isEmpty() ? anyMedium : byTags.get("*/" + by);
  }
}
