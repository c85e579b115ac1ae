package dev.tributary.jobs;

import dev.tributary.domain.attribution.AttributionPolicy;
import dev.tributary.domain.attribution.ChannelKind;
import dev.tributary.domain.attribution.ConversionKind;
import dev.tributary.domain.attribution.Goal;
import dev.tributary.events.CallPurpose;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a policy file says of attribution.
 *
 * @param zone time zone in which the day of a touch is told
 * @param callPurposes purposes of the calls that are touches
 * @param defaultChannel channel under which a touch counts whose recorded value maps to none
 * @param channels channels of the taxonomy (LED-1, 2, 4, 6, 7), by name
 * @param goals what counts as a conversion, by name
 */
record AttributionSettings(
    String zone,
    List<String> callPurposes,
    String defaultChannel,
    SortedMap<String, ChannelSettings> channels,
    SortedMap<String, GoalSettings> goals)
    implements Serializable {

  private static final int WHOLE = 1_000;

  /**
   * What a policy file says of a channel.
   *
   * @param kind a {@link ChannelKind}
   * @param aliases what sources call it
   * @param utm source and medium of landing pages, as {@code source/medium}; a star stands for any
   */
  record ChannelSettings(String kind, List<String> aliases, List<String> utm)
      implements Serializable {

    ChannelSettings {
      aliases = sorted(aliases);
      utm = sorted(utm);
    }
  }

  /**
   * What a policy file says of a goal; see {@link Goal}.
   *
   * @param conversion a {@link ConversionKind}
   */
  record GoalSettings(
      String conversion,
      boolean firstOnly,
      boolean valued,
      int windowDays,
      List<Integer> positionPermille,
      int halfLifeDays,
      List<Integer> wShapePermille)
      implements Serializable {

    GoalSettings {
      positionPermille = List.copyOf(positionPermille);
      wShapePermille = List.copyOf(wShapePermille);
    }
  }

  AttributionSettings {
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new BadPolicyValue(
          "attribution.zone", "'%s' is no time zone: use an IANA name".formatted(zone), e);
    }
    callPurposes = sorted(callPurposes);
    callPurposes.forEach(
        purpose -> requireConstant("call_purposes", CallPurpose.values(), purpose));
    channels = Collections.unmodifiableSortedMap(new TreeMap<>(channels));
    goals = Collections.unmodifiableSortedMap(new TreeMap<>(goals));
    channels.forEach(AttributionSettings::requireChannel);
    requireOneChannelEach(channels);
    if (!channels.containsKey(defaultChannel)) {
      throw new BadPolicyValue(
          "attribution.default_channel",
          "'%s' is no channel: add it to attribution.channels, or use one of %s"
              .formatted(defaultChannel, String.join(", ", channels.keySet())));
    }

    ChannelSettings ofTheUnmapped = channels.get(defaultChannel);
    if (!ofTheUnmapped.aliases().isEmpty() || !ofTheUnmapped.utm().isEmpty()) {
      throw new BadPolicyValue(
          "attribution.default_channel",
          "'%s' is a channel with names of its own, among whose touches nobody would find those that map to none: use one without aliases and utm"
              .formatted(defaultChannel));
    }

    if (goals.isEmpty()) {
      throw new BadPolicyValue("attribution.goals", "it has no goal: name at least one");
    }

    goals.forEach(AttributionSettings::requireGoal);
  }

  /** The same, as the attribution fold knows it. */
  AttributionPolicy policy() {
    Map<String, ChannelKind> kinds = new TreeMap<>();
    channels.forEach((name, channel) -> kinds.put(name, ChannelKind.valueOf(channel.kind())));
    List<Goal> named = new ArrayList<>();
    goals.forEach(
        (name, goal) ->
            named.add(
                new Goal(
                    name,
                    ConversionKind.valueOf(goal.conversion()),
                    goal.firstOnly(),
                    goal.valued(),
                    goal.windowDays(),
                    goal.positionPermille(),
                    goal.halfLifeDays(),
                    goal.wShapePermille())));
    return new AttributionPolicy(ZoneId.of(zone), named, kinds, defaultChannel);
  }

  private static List<String> sorted(List<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }

  private static void requireChannel(String name, ChannelSettings channel) {
    String key = "channels." + name;
    if (channel == null) {
      throw bad(key, "it says nothing: give kind, aliases and utm");
    }

    if (name.contains(" > ")) {
      throw bad(key, "' > ' stands between the channels of a path: use another name");
    }

    requireConstant(key + ".kind", ChannelKind.values(), channel.kind());
    for (String alias : channel.aliases()) {
      if (alias.isBlank() || alias.contains(",")) {
        throw bad(
            key + ".aliases", "'%s' is no alias: write one name, without a comma".formatted(alias));
      }
    }

    for (String tags : channel.utm()) {
      int slash = tags.indexOf('/');
      boolean isPair = slash > 0 && slash < tags.length() - 1 && tags.indexOf('/', slash + 1) < 0;
      if (!isPair || tags.contains(",")) {
        throw bad(
            key + ".utm",
            "'%s' is no source and medium: write it as newsletter/email, or */email for any source"
                .formatted(tags));
      }
    }
  }

  /** What two channels claim would be for the order of the file to decide. */
  private static void requireOneChannelEach(SortedMap<String, ChannelSettings> channels) {
    Map<String, String> aliases = new TreeMap<>();
    Map<String, String> utm = new TreeMap<>();
    channels.forEach(
        (name, channel) -> {
          claim(aliases, name, name + ".aliases", name);
          channel.aliases().forEach(alias -> claim(aliases, alias, name + ".aliases", name));
          channel.utm().forEach(tags -> claim(utm, tags, name + ".utm", name));
        });
  }

  private static void claim(Map<String, String> claimed, String value, String key, String channel) {
    String other = claimed.putIfAbsent(ChannelMapping.normal(value), channel);
    if (other != null && !other.equals(channel)) {
      throw bad(
          "channels." + key,
          "'%s' means %s already: let it mean one channel".formatted(value, other));
    }
  }

  private static void requireGoal(String name, GoalSettings goal) {
    String key = "goals." + name;
    if (goal == null) {
      throw bad(key, "it says nothing: give what the other goals have");
    }

    requireConstant(key + ".conversion", ConversionKind.values(), goal.conversion());
    if (goal.valued() && !ConversionKind.valueOf(goal.conversion()).carriesValue()) {
      throw bad(
          key + ".valued",
          "true cannot be, since a %s has no value: say false".formatted(goal.conversion()));
    }

    requireDays(key + ".window_days", goal.windowDays());
    requireDays(key + ".half_life_days", goal.halfLifeDays());
    requireWhole(key + ".position_permille", goal.positionPermille(), 3);
    requireWhole(key + ".w_shape_permille", goal.wShapePermille(), 4);
    if (goal.wShapePermille().getFirst() == 0) {
      throw bad(
          key + ".w_shape_permille",
          "%s gives the first touch nothing, all that a journey without milestones may have"
              .formatted(goal.wShapePermille()));
    }
  }

  private static void requireDays(String key, int days) {
    if (days < 1 || days > Goal.MAX_WINDOW_DAYS) {
      throw bad(key, "%s must be from 1 to %s".formatted(days, Goal.MAX_WINDOW_DAYS));
    }
  }

  private static void requireWhole(String key, List<Integer> weights, int count) {
    if (weights.size() != count
        || weights.stream().anyMatch(weight -> weight < 0)
        || weights.stream().mapToLong(Integer::longValue).sum() != WHOLE) {
      throw bad(
          key,
          "%s must be %s thousandths, none negative, that add up to %s"
              .formatted(weights, count, WHOLE));
    }
  }

  private static void requireConstant(String key, Enum<?>[] constants, String name) {
    List<String> names = Arrays.stream(constants).<String>map(Enum::name).toList();
    if (!names.contains(name)) {
      throw bad(key, "'%s' is not known: use one of %s".formatted(name, String.join(", ", names)));
    }
  }

  private static BadPolicyValue bad(String key, String problem) {
    return new BadPolicyValue("attribution." + key, problem);
  }
}
