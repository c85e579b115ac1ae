package dev.tributary.dashboards;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who may see what, read from {@code dashboards/access/access.yaml}: roles with their pages and row
 * filters, people with their roles. Trino enforces the row filters, as the person who looks;
 * Superset shows each role its pages.
 *
 * @param catalog Trino catalog
 * @param writers Trino users that own and write the tables: the job's engine room, {@code
 *     warehouse}, administrators
 * @param service Trino user Superset logs in as; it may act as every person below, and reads what
 *     the redirect needs itself
 * @param roles roles by name
 * @param people role by person
 * @param readable views of {@code mart} for readers; the others are about whole tables, and for who
 *     sees every row
 */
public record Access(
    String catalog,
    List<String> writers,
    Service service,
    SortedMap<String, Role> roles,
    SortedMap<String, String> people,
    List<String> readable) {

  /**
   * Superset's own user.
   *
   * @param user its name in Trino
   * @param reads views of {@code mart} it may read as itself
   */
  public record Service(String user, List<String> reads) {}

  /**
   * A role.
   *
   * @param dashboards pages the role sees
   * @param sees what a restricted page says beside its totals; empty when nothing is withheld
   * @param rows row filter by view of {@code mart}; a view that is not named is seen in full
   */
  public record Role(List<String> dashboards, String sees, SortedMap<String, String> rows) {

    boolean isRestricted() {
      return !sees.isEmpty();
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the file under the project's root. */
  public static Access load(Path root) {
    Path file = root.resolve("dashboards/access/access.yaml");
    Map<String, Object> raw = Yaml.read(file);
    String place = file.toString();
    Map<String, Object> service = Yaml.map(raw.get("service"), place + ": service");
    SortedMap<String, Role> roles = new TreeMap<>();
    Yaml.map(raw.get("roles"), place + ": roles")
        .forEach(
            (name, value) -> {
              Map<String, Object> role = Yaml.map(value, place + ": roles: " + name);
              SortedMap<String, String> rows = new TreeMap<>();
              if (role.get("rows") != null) {
                Yaml.map(role.get("rows"), place + ": rows")
                    .forEach((view, filter) -> rows.put(view, filter.toString()));
              }
              roles.put(
                  name,
                  new Role(
                      Yaml.texts(role.get("dashboards"), place + ": dashboards"),
                      role.getOrDefault("sees", "").toString(),
                      rows));
            });
    SortedMap<String, String> people = new TreeMap<>();
    Yaml.map(raw.get("people"), place + ": people")
        .forEach(
            (person, role) -> {
              if (!roles.containsKey(role.toString())) {
                throw new AssetException(
                    "%s: people: %s has the role %s, which is not under roles"
                        .formatted(place, person, role));
              }
              people.put(person, role.toString());
            });
    return new Access(
        Yaml.text(raw, "catalog", place),
        Yaml.texts(raw.get("writers"), place + ": writers"),
        new Service(
            Yaml.text(service, "user", place),
            Yaml.texts(service.get("reads"), place + ": service: reads")),
        roles,
        people,
        viewsForReaders(root.resolve("warehouse/views/mart")));
  }

  private static List<String> viewsForReaders(Path marts) {
    try (Stream<Path> views = Files.list(marts)) {
      return views
          .filter(view -> isForReaders(view.resolve("metadata.yaml")))
          .map(view -> String.valueOf(view.getFileName()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isForReaders(Path metadata) {
    return Yaml.text(Yaml.read(metadata), "audience", metadata.toString()).equals("readers");
  }

  /**
   * The branches of {@code case current_user} that name what each restricted person is restricted
   * to.
   */
  public String restrictedCases() {
    String cases =
        people.entrySet().stream()
            .filter(p -> roles.get(p.getValue()).isRestricted())
            .map(
                p ->
                    "when '%s' then '%s'"
                        .formatted(
                            p.getKey().replace("'", "''"),
                            roles.get(p.getValue()).sees().replace("'", "''")))
            .collect(Collectors.joining(" "));
    return cases.isEmpty() ? "when '' then ''" : cases;
  }

  /** Trino's file-based access control rules. Whoever and whatever is not named is denied. */
  public String rules() {
    List<Map<String, Object>> catalogs = new ArrayList<>();
    List<Map<String, Object>> schemas = new ArrayList<>();
    List<Map<String, Object>> tables = new ArrayList<>();
    String owners = either(writers);
    catalogs.add(rule("user", owners, "allow", "all"));
    schemas.add(rule("user", owners, "owner", true));
    schemas.add(rule("owner", false));
    tables.add(
        rule(
            "user",
            owners,
            "privileges",
            List.of("SELECT", "INSERT", "DELETE", "UPDATE", "OWNERSHIP", "GRANT_SELECT")));
    List<String> readers = new ArrayList<>(people.keySet());
    readers.add(service.user());
    catalogs.add(
        rule("user", either(readers), "catalog", Pattern.quote(catalog), "allow", "read-only"));
    if (!service.reads().isEmpty()) {
      tables.add(grant(List.of(service.user()), either(service.reads())));
    }
    roles.forEach(
        (name, role) -> {
          List<String> holders =
              people.entrySet().stream()
                  .filter(p -> p.getValue().equals(name))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!holders.isEmpty()) {
            role.rows()
                .forEach(
                    (view, filter) -> {
                      Map<String, Object> rule = grant(holders, Pattern.quote(view));
                      rule.put("filter", filter);
                      tables.add(rule);
                    });
            // SELECT alone: a reader cannot make a view of his own that lends his rights to others
            tables.add(grant(holders, role.isRestricted() ? either(readable) : ".*"));
          }
        });
    Map<String, Object> rules = new LinkedHashMap<>();
    rules.put("catalogs", catalogs);
    rules.put("schemas", schemas);
    rules.put("tables", tables);
    rules.put(
        "impersonation",
        List.of(
            rule(
                "original_user",
                Pattern.quote(service.user()),
                "new_user",
                either(new ArrayList<>(people.keySet())))));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(rules) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private Map<String, Object> grant(List<String> users, String table) {
    return rule(
        "user",
        either(users),
        "catalog",
        Pattern.quote(catalog),
        "schema",
        "mart",
        "table",
        table,
        "privileges",
        List.of("SELECT"));
  }

  private static String either(List<String> names) {
    return names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
  }

  private static Map<String, Object> rule(Object... pairs) {
    Map<String, Object> rule = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      rule.put(pairs[i].toString(), pairs[i + 1]);
    }
    return rule;
  }
}
