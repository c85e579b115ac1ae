package dev.tributary.jobs;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.tributary.domain.promotions.PromotionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What changes results and is not an event. Two policies are the same when they say the same,
 * whatever their files look like.
 */
public record Policy(
    PromotionPolicy promotions, CreditSettings credit, AttributionSettings attribution) {

  private static final String SHIPPED = "/policy.yaml";

  /** Parts whose names are for whoever writes the policy to choose. */
  private static final Set<String> FREELY_NAMED =
      Set.of("attribution.channels", "attribution.goals", "credit.limit_by_grade", "credit.rates");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** The policy that comes with Tributary. */
  public static Policy shipped() {
    return parse(shippedText(), "policy.yaml");
  }

  /** The text of the policy that comes with Tributary, to write another one from. */
  public static String shippedText() {
    try (InputStream in = Policy.class.getResourceAsStream(SHIPPED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read policy.yaml from the class path", e);
    }
  }

  /**
   * Reads a policy file.
   *
   * @throws IllegalArgumentException naming file, line and what is wrong
   */
  public static Policy read(Path file) {
    return parse(text(file), file.toString());
  }

  /**
   * The text of a policy file, for where the file itself is not seen.
   *
   * @throws IllegalArgumentException as {@link #read} does
   */
  public static String checkedText(Path file) {
    String text = text(file);
    parse(text, file.toString());
    return text;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: name a policy file that exists".formatted(file), e);
    }
  }

  /**
   * The policy that a text says.
   *
   * @param file names the text in messages
   */
  static Policy parse(String text, String file) {
    try {
      requireTheNamesOfTheShipped(text, file);
      return YAML.readValue(text, Policy.class);
    } catch (JsonMappingException e) {
      throw badValue(e, text, file);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "%s line %s: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    }
  }

  private static IllegalArgumentException badValue(JsonMappingException e, String text, String file)
      throws IllegalArgumentException {
    boolean isOurs = e.getCause() instanceof BadPolicyValue;
    String name =
        e.getCause() instanceof BadPolicyValue bad
            ? bad.name()
            : e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
    String shipped = Policy.shipped().values().get(name);
    return new IllegalArgumentException(
        "%s line %s: %s: %s%s"
            .formatted(
                file,
                lineOf(name, text),
                name,
                isOurs ? e.getCause().getMessage() : e.getOriginalMessage(),
                shipped == null ? "" : "; the shipped policy says " + shipped),
        e);
  }

  private static void requireTheNamesOfTheShipped(String text, String file)
      throws JsonProcessingException {
    Map<String, String> said = new TreeMap<>();
    collect("", YAML.readTree(text), said);
    Map<String, String> known = new TreeMap<>();
    collect("", YAML.readTree(shippedText()), known);
    for (String name : said.keySet()) {
      if (!known.containsKey(name) && !isFreelyNamed(name)) {
        throw new IllegalArgumentException(
            "%s line %s: there is no '%s' in a policy; there is: %s"
                .formatted(
                    file,
                    lineOf(name, text),
                    name,
                    known.keySet().stream()
                        .map(Policy::withoutFreeName)
                        .distinct()
                        .collect(Collectors.joining(", "))));
      }
    }

    for (String name : known.keySet()) {
      if (!said.containsKey(name) && !isFreelyNamed(name)) {
        throw new IllegalArgumentException(
            "%s: '%s' is missing; the shipped policy says %s"
                .formatted(file, name, known.get(name)));
      }
    }
  }

  private static String withoutFreeName(String name) {
    return FREELY_NAMED.stream()
        .filter(part -> name.startsWith(part + "."))
        .map(part -> part + ".*")
        .findFirst()
        .orElse(name);
  }

  private static boolean isFreelyNamed(String name) {
    return FREELY_NAMED.stream().anyMatch(part -> name.startsWith(part + "."));
  }

  /** Where a name stands in a text, or else the part it belongs to; 1 where neither does. */
  private static int lineOf(String name, String text) {
    String sought = "/" + name.replace('.', '/');
    try (JsonParser parser = YAML.createParser(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.getParsingContext().pathAsPointer().toString().equals(sought)) {
          return parser.currentTokenLocation().getLineNr();
        }
      }
      int end = name.lastIndexOf('.');
      return end < 0 ? 1 : lineOf(name.substring(0, end), text);
    } catch (IOException e) {
      throw new UncheckedIOException("a text that was read as YAML is none", e);
    }
  }

  /** What this policy says, each value by its dotted name in a policy file. */
  public Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    collect("", YAML.valueToTree(this), values);
    return values;
  }

  private static void collect(String name, JsonNode node, Map<String, String> into) {
    if (node.isValueNode()) {
      into.put(name, node.asText());
      return;
    }

    if (node.isArray()) {
      List<String> all = new ArrayList<>();
      node.forEach(each -> all.add(each.asText()));
      into.put(name, String.join(", ", all));
      return;
    }

    node.properties()
        .forEach(
            field ->
                collect(
                    name.isEmpty() ? field.getKey() : name + "." + field.getKey(),
                    field.getValue(),
                    into));
  }

  /** A short name for what this policy says: 12 hexadecimal digits. */
  public String fingerprint() {
    try {
      byte[] words = JsonMapper.builder().build().writeValueAsBytes(this);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(words);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (JsonProcessingException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("a policy can always be written as JSON and hashed", e);
    }
  }
}
