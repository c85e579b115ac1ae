package dev.tributary.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.HexFormat;

/**
 * What changes results and is not an event. Two policies are the same when they say the same,
 * whatever their files look like.
 */
public record Policy(PromotionPolicy promotions) {

  private static final String SHIPPED = "/policy.yaml";

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** The policy that comes with Tributary. */
  public static Policy shipped() {
    try (InputStream in = Policy.class.getResourceAsStream(SHIPPED)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "policy.yaml");
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
      return YAML.readValue(text, Policy.class);
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
