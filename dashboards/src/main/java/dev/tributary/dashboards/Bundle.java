package dev.tributary.dashboards;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What Superset imports for one language.
 *
 * @param language its code, {@code en} or {@code zh}
 * @param files trees by path within the bundle
 */
public record Bundle(String language, Map<String, Map<String, Object>> files) {
  /** The bundle as a zip; the same assets give the same bytes. */
  public byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, Map<String, Object>> file : new TreeMap<>(files).entrySet()) {
        ZipEntry entry = new ZipEntry("tributary/" + file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(Yaml.write(file.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Uuids of the bundle's files of one kind: {@code datasets}, {@code charts} or {@code
   * dashboards}.
   */
  public Set<String> uuids(String kind) {
    return files.entrySet().stream()
        .filter(f -> f.getKey().startsWith(kind + "/"))
        .map(f -> f.getValue().get("uuid").toString())
        .collect(Collectors.toSet());
  }
}
