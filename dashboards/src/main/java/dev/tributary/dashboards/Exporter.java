package dev.tributary.dashboards;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Writes what Superset holds, or what a bundle would bring, as files in the normal form, so that
 * the two can be compared.
 */
public final class Exporter {
  private Exporter() {}

  /**
   * Writes a zip of assets.
   *
   * @param zip Superset's export
   * @param folder made when missing
   * @return number of files
   */
  public static int write(byte[] zip, Path folder) {
    Map<String, Map<String, Object>> files = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        String path = entry.getName().substring(entry.getName().indexOf('/') + 1);
        if (path.endsWith(".yaml")) {
          files.put(path, Yaml.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), path));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return write(files, folder);
  }

  /** Writes trees by path. */
  public static int write(Map<String, Map<String, Object>> files, Path folder) {
    Map<String, String> names = new TreeMap<>();
    files.forEach(
        (path, tree) -> {
          Object uuid = tree.get("uuid");
          if (uuid != null) {
            names.put(
                uuid.toString(), path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.')));
          }
        });
    Normaliser normaliser = new Normaliser(names);
    Path root = folder.toAbsolutePath().normalize();
    files.forEach(
        (path, tree) -> {
          Path file = root.resolve(path).normalize();
          if (!file.startsWith(root)) {
            throw new AssetException("the export holds a file outside of its folder: " + path);
          }
          try {
            Path parent = file.getParent();
            if (parent != null) {
              Files.createDirectories(parent);
            }
            Files.writeString(file, normaliser.write(tree));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    return files.size();
  }
}
