package dev.tributary.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the YAML of assets as plain maps, lists and scalars. */
final class Yaml {
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

  private Yaml() {}

  static Map<String, Object> read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> parse(String text, String name) {
    try {
      Map<String, Object> map = MAPPER.readValue(text, MAP);
      return map == null ? new LinkedHashMap<>() : map;
    } catch (JsonProcessingException e) {
      throw new AssetException(name + ": not a YAML mapping: " + e.getOriginalMessage(), e);
    }
  }

  static String write(Object tree) {
    try {
      return MAPPER.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The value as a mapping, or an error that names its place. */
  static Map<String, Object> map(Object value, String place) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> typed = new LinkedHashMap<>();
      map.forEach((k, v) -> typed.put(String.valueOf(k), v));
      return typed;
    }
    throw new AssetException(place + ": expected a mapping, found " + value);
  }

  /** The value as a list; an absent one is empty. */
  static List<Object> list(Object value, String place) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return List.copyOf(list);
    }
    throw new AssetException(place + ": expected a list, found " + value);
  }

  /** The value as a list of texts; an absent one is empty. */
  static List<String> texts(Object value, String place) {
    return list(value, place).stream().map(String::valueOf).toList();
  }

  /** The text under a key, or an error that names the place. */
  static String text(Map<String, Object> map, String key, String place) {
    Object value = map.get(key);
    if (value == null) {
      throw new AssetException(place + ": " + key + " is missing");
    }
    return value.toString();
  }
}
