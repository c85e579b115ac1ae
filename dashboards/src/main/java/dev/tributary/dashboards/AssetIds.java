package dev.tributary.dashboards;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * Uuids of assets, a function of their kind, name and language. All begin alike, so that Superset's
 * list shows which assets are the project's own, and an asset that is no longer in the tree can be
 * found and deleted.
 */
final class AssetIds {
  /** First eight digits of every uuid of ours. */
  static final String PREFIX = "7b1ab0de";

  private AssetIds() {}

  static String database() {
    return id("database", "lakehouse", "");
  }

  static String dataset(String name, String language) {
    return id("dataset", name, language);
  }

  static String chart(String name, String language) {
    return id("chart", name, language);
  }

  static String dashboard(String name, String language) {
    return id("dashboard", name, language);
  }

  static boolean isOurs(String uuid) {
    return uuid.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  private static String id(String kind, String name, String language) {
    String key = "tributary/" + kind + "/" + name + "/" + language;
    return PREFIX
        + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString().substring(8);
  }
}
