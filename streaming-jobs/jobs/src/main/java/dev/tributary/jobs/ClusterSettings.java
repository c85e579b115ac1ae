package dev.tributary.jobs;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the job is told when a cluster runs it: the arguments of its main, each an option and its
 * value. What the cluster knows itself is not among them.
 *
 * @param catalogProperties for the catalog's client, credentials among them: they are sent, and
 *     never shown
 * @param policyText what the policy file says; null for the shipped policy
 * @param stateDir the folder of checkpoints and savepoints, as the cluster sees it; null for the
 *     cluster's own
 * @param aboveEpoch the newest epoch that is known to be taken, whether or not it published
 *     anything
 */
public record ClusterSettings(
    String bootstrapServers,
    String catalogUri,
    Map<String, String> catalogProperties,
    Mode mode,
    String policyText,
    int parallelism,
    Duration checkpointInterval,
    String stateBackend,
    String stateDir,
    long aboveEpoch) {

  private static final String KAFKA = "--kafka";
  private static final String CATALOG = "--catalog";
  private static final String CATALOG_PROPERTY = "--catalog-property";
  private static final String MODE = "--mode";
  private static final String POLICY_TEXT = "--policy-text";
  private static final String PARALLELISM = "--parallelism";
  private static final String CUT_EVERY = "--cut-every";
  private static final String STATE_BACKEND = "--state-backend";
  private static final String STATE_DIR = "--state-dir";
  private static final String ABOVE_EPOCH = "--above-epoch";

  private static final List<String> OPTIONS =
      List.of(
          KAFKA,
          CATALOG,
          CATALOG_PROPERTY,
          MODE,
          POLICY_TEXT,
          PARALLELISM,
          CUT_EVERY,
          STATE_BACKEND,
          STATE_DIR,
          ABOVE_EPOCH);

  /** Checks what can be checked without the cluster. */
  public ClusterSettings {
    catalogProperties = Map.copyOf(catalogProperties);
    JobDefinition.requireStateBackend(stateBackend);
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism %s is below 1".formatted(parallelism));
    }

    if (checkpointInterval.isZero() || checkpointInterval.isNegative()) {
      throw new IllegalArgumentException(
          "%s %s is no time between checkpoints: give a duration above zero, such as PT10S"
              .formatted(CUT_EVERY, checkpointInterval));
    }
  }

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException naming the option, what was expected and what was found
   */
  public static ClusterSettings parse(List<String> arguments) {
    Map<String, String> values = new TreeMap<>();
    Map<String, String> properties = new TreeMap<>();
    for (int index = 0; index < arguments.size(); index += 2) {
      String option = arguments.get(index);
      if (!OPTIONS.contains(option)) {
        // Not shown: it may be the value of an option, and a secret.
        throw new IllegalArgumentException(
            "argument %s is no option of the job; it knows %s"
                .formatted(index + 1, String.join(", ", OPTIONS)));
      }

      if (index + 1 == arguments.size()) {
        throw new IllegalArgumentException(option + " needs a value");
      }

      String value = arguments.get(index + 1);
      if (option.equals(CATALOG_PROPERTY)) {
        addProperty(properties, value);
      } else if (values.put(option, value) != null) {
        throw new IllegalArgumentException(option + " is given twice: give it once");
      }
    }
    return new ClusterSettings(
        required(values, KAFKA, "Kafka's bootstrap servers, host:port"),
        required(values, CATALOG, "the URI of the Iceberg REST catalog"),
        properties,
        Mode.of(values.getOrDefault(MODE, Mode.LIVE.word())),
        values.get(POLICY_TEXT),
        number(values, PARALLELISM, 1),
        duration(values.getOrDefault(CUT_EVERY, "PT2S")),
        values.getOrDefault(STATE_BACKEND, "rocksdb"),
        values.get(STATE_DIR),
        number(values, ABOVE_EPOCH, 0));
  }

  /** The arguments that {@link #parse} makes these settings of. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    add(arguments, KAFKA, bootstrapServers);
    add(arguments, CATALOG, catalogUri);
    new TreeMap<>(catalogProperties)
        .forEach((key, value) -> add(arguments, CATALOG_PROPERTY, key + "=" + value));
    add(arguments, MODE, mode.word());
    add(arguments, POLICY_TEXT, policyText);
    add(arguments, PARALLELISM, Integer.toString(parallelism));
    add(arguments, CUT_EVERY, checkpointInterval.toString());
    add(arguments, STATE_BACKEND, stateBackend);
    add(arguments, STATE_DIR, stateDir);
    add(arguments, ABOVE_EPOCH, Long.toString(aboveEpoch));
    return arguments;
  }

  /** The same with an epoch above this one. */
  public ClusterSettings withEpochAbove(long taken) {
    return new ClusterSettings(
        bootstrapServers,
        catalogUri,
        catalogProperties,
        mode,
        policyText,
        parallelism,
        checkpointInterval,
        stateBackend,
        stateDir,
        taken);
  }

  /** Without the values of properties, which may be credentials. */
  @Override
  public String toString() {
    return "%s job, kafka %s, catalog %s with %s"
        .formatted(mode.word(), bootstrapServers, catalogUri, catalogProperties.keySet());
  }

  private static void addProperty(Map<String, String> properties, String pair) {
    int equals = pair.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "%s needs the form NAME=VALUE; the %sth has no name or no '='"
              .formatted(CATALOG_PROPERTY, properties.size() + 1));
    }

    String name = pair.substring(0, equals);
    if (properties.put(name, pair.substring(equals + 1)) != null) {
      throw new IllegalArgumentException(
          "%s %s is given twice: give it once".formatted(CATALOG_PROPERTY, name));
    }
  }

  private static String required(Map<String, String> values, String option, String meaning) {
    String value = values.get(option);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("%s is missing: name %s".formatted(option, meaning));
    }
    return value;
  }

  private static int number(Map<String, String> values, String option, int otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }

    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s '%s' is not a whole number".formatted(option, value), e);
    }
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s '%s' is not a duration: write it like PT10S".formatted(CUT_EVERY, text), e);
    }
  }

  private static void add(List<String> arguments, String option, String value) {
    if (value != null) {
      arguments.add(option);
      arguments.add(value);
    }
  }
}
