package dev.tributary.domain.attribution;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the rules of attribution leave to the company (ATR-3, LED-1, 2, 4, 6, 7).
 *
 * @param zone time zone in which the day of a touch is told
 * @param goals goals, each of a name of its own
 * @param channels channels of the taxonomy
 * @param defaultChannel one of them, under which a touch counts whose channel is none of them
 */
public record AttributionPolicy(
    ZoneId zone, List<Goal> goals, Map<String, ChannelKind> channels, String defaultChannel) {

  public AttributionPolicy {
    requireNonNull(zone, "zone");
    goals = List.copyOf(goals);
    channels = Map.copyOf(channels);
    require(!goals.isEmpty(), "goals is empty: name at least one");
    Set<String> names = new HashSet<>();
    for (Goal goal : goals) {
      require(
          names.add(goal.name()),
          "goals.%s is there twice: use a name of its own".formatted(goal.name()));
    }
    require(
        defaultChannel != null && channels.containsKey(defaultChannel),
        "defaultChannel is %s, which channels does not have: add it, or use another"
            .formatted(defaultChannel));
  }

  /** The channel under which a touch counts. */
  String channelOf(Touch touch) {
    return touch.channel() != null && channels.containsKey(touch.channel())
        ? touch.channel()
        : defaultChannel;
  }

  ChannelKind kindOf(String channel) {
    return channels.get(channel);
  }

  List<Goal> goalsOf(ConversionKind kind) {
    return goals.stream().filter(goal -> goal.kind() == kind).toList();
  }

  List<Goal> goalsOf(ConversionKind kind, Cycle cycle) {
    return goalsOf(kind).stream().filter(goal -> goal.counts(cycle)).toList();
  }

  Duration longestWindow() {
    return goals.stream().map(Goal::window).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
