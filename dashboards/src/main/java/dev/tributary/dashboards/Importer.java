package dev.tributary.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Brings Superset to the state of the assets: pages in both languages, roles, people; what left the
 * tree leaves Superset.
 */
public final class Importer {
  /**
   * What a reader of pages may do, as Superset's pairs of permission and object. Everything else of
   * Superset is closed.
   */
  private static final List<String> READER =
      List.of(
          "can_read Chart",
          "can_read CssTemplate",
          "can_read CurrentUserRestApi",
          "can_read Dashboard",
          "can_read DashboardFilterStateRestApi",
          "can_write DashboardFilterStateRestApi",
          "can_read DashboardPermalinkRestApi",
          "can_write DashboardPermalinkRestApi",
          "can_read Dataset",
          "can_read EmbeddedDashboard",
          "can_read Explore",
          "can_read ExploreFormDataRestApi",
          "can_read Theme",
          "can_get MenuApi",
          "can_list AsyncEventsRestApi",
          "can_read AvailableDomains",
          "can_recent_activity Log",
          "can_csv Superset",
          "can_dashboard Superset",
          "can_dashboard_permalink Superset",
          "can_language_pack Superset",
          "can_log Superset",
          "can_share_dashboard Superset",
          "can_time_range Api",
          "can_this_form_get ResetMyPasswordView",
          "can_this_form_post ResetMyPasswordView",
          "can_userinfo UserDBModelView",
          "resetmypassword UserDBModelView",
          "menu_access Dashboards",
          "can_view_chart_as_table Dashboard");

  private final SupersetClient superset;
  private final Consumer<String> progress;

  /**
   * An importer.
   *
   * @param superset a session of an administrator
   * @param progress is told each step
   */
  public Importer(SupersetClient superset, Consumer<String> progress) {
    this.superset = superset;
    this.progress = progress;
  }

  /**
   * Imports everything.
   *
   * @param bundles one a language
   * @param access roles and people
   * @param passwords folder of generated passwords, one file a person; made with access for its
   *     owner only
   */
  public void run(List<Bundle> bundles, Access access, Path passwords) {
    for (Bundle bundle : bundles) {
      superset.importAssets(bundle.zip());
      progress.accept("imported the pages in " + bundle.language());
    }
    deleteLeftovers(bundles);
    Map<String, Integer> roles = roles(access);
    showPages(bundles, access, roles);
    people(access, roles, passwords);
  }

  private void deleteLeftovers(List<Bundle> bundles) {
    for (String resource : List.of("dashboard", "chart", "dataset")) {
      Set<String> wanted = new HashSet<>();
      bundles.forEach(b -> wanted.addAll(b.uuids(resource + "s")));
      for (JsonNode object : superset.list(resource, List.of("id", "uuid"))) {
        String uuid = object.path("uuid").asText();
        if (AssetIds.isOurs(uuid) && !wanted.contains(uuid)) {
          superset.send("DELETE", "/api/v1/" + resource + "/" + object.path("id").asInt(), null);
          progress.accept(
              "deleted "
                  + resource
                  + " "
                  + object.path("id").asInt()
                  + ", which is no longer in the tree");
        }
      }
    }
  }

  private Map<String, Integer> roles(Access access) {
    Map<String, Integer> permissions = new HashMap<>();
    for (JsonNode p :
        superset.list(
            "security/permissions-resources", List.of("id", "permission.name", "view_menu.name"))) {
      permissions.put(
          p.path("permission").path("name").asText()
              + " "
              + p.path("view_menu").path("name").asText(),
          p.path("id").asInt());
    }
    List<String> unknown = READER.stream().filter(p -> !permissions.containsKey(p)).toList();
    if (!unknown.isEmpty()) {
      throw new AssetException(
          "This Superset does not know the permissions " + unknown + "; is it 6.1?");
    }
    List<Integer> granted = READER.stream().map(permissions::get).toList();
    Map<String, Integer> ids = new TreeMap<>();
    for (JsonNode role : superset.list("security/roles", List.of("id", "name"))) {
      ids.put(role.path("name").asText(), role.path("id").asInt());
    }
    for (String name : access.roles().keySet()) {
      int id =
          ids.computeIfAbsent(
              name,
              n ->
                  superset
                      .send("POST", "/api/v1/security/roles/", Map.of("name", n))
                      .path("id")
                      .asInt());
      superset.send(
          "POST",
          "/api/v1/security/roles/" + id + "/permissions",
          Map.of("permission_view_menu_ids", granted));
      progress.accept("role " + name + ": " + granted.size() + " permissions");
    }
    return ids;
  }

  private void showPages(List<Bundle> bundles, Access access, Map<String, Integer> roles) {
    Map<String, Integer> ids = new HashMap<>();
    superset
        .list("dashboard", List.of("id", "uuid"))
        .forEach(d -> ids.put(d.path("uuid").asText(), d.path("id").asInt()));
    for (Bundle bundle : bundles) {
      Set<String> names = new HashSet<>();
      access.roles().values().forEach(r -> names.addAll(r.dashboards()));
      for (String name : names) {
        Integer id = ids.get(AssetIds.dashboard(name, bundle.language()));
        if (id == null) {
          throw new AssetException(
              "access.yaml names the page " + name + ", which is not under assets/dashboards");
        }
        List<Integer> seenBy = new ArrayList<>();
        access
            .roles()
            .forEach(
                (role, r) -> {
                  if (r.dashboards().contains(name)) {
                    seenBy.add(roles.get(role));
                  }
                });
        superset.send("PUT", "/api/v1/dashboard/" + id, Map.of("roles", seenBy));
      }
    }
  }

  private void people(Access access, Map<String, Integer> roles, Path passwords) {
    Set<String> known = new HashSet<>();
    superset
        .list("security/users", List.of("id", "username"))
        .forEach(u -> known.add(u.path("username").asText()));
    access
        .people()
        .forEach(
            (person, role) -> {
              if (!known.contains(person)) {
                Map<String, Object> user = new HashMap<>();
                user.put("username", person);
                user.put("first_name", person);
                user.put("last_name", "(" + role + ")");
                user.put("email", person + "@tributary.invalid");
                user.put("active", true);
                user.put("password", password(passwords, person));
                user.put("roles", List.of(roles.get(role)));
                superset.send("POST", "/api/v1/security/users/", user);
                progress.accept(
                    "made the user "
                        + person
                        + " ("
                        + role
                        + "); password in "
                        + passwordFile(passwords, person));
              }
            });
  }

  /** Where a person's password is kept. */
  public static Path passwordFile(Path folder, String person) {
    return folder.resolve("superset-" + person + "-password");
  }

  /**
   * The person's password: the one in the file, else a new one written to it, readable by its owner
   * only.
   */
  public static String password(Path folder, String person) {
    Path file = passwordFile(folder, person);
    try {
      if (Files.exists(file)) {
        return Files.readString(file).strip();
      }
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      byte[] random = new byte[18];
      new SecureRandom().nextBytes(random);
      String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, password + "\n");
      return password;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
