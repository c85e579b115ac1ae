package dev.tributary.dashboards;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the assets without a running Superset.
 *
 * <p>Errors: a name that leads nowhere (dataset, chart, column, metric, text, mart, mart column);
 * SQL that reads anything but marts or chooses a cut by itself; SQL in a chart; something unused; a
 * title, slug or name used twice; a missing description; a secret in the database's address; a page
 * without the as-of control in first place.
 */
public final class Validator {
  private static final Pattern LAYER =
      Pattern.compile(
          "\\b(?:from|join)\\s+(\"?\\w+\"?)\\s*\\.\\s*\"?\\w+", Pattern.CASE_INSENSITIVE);
  private static final Pattern MART_ALIAS =
      Pattern.compile("(?:\\(\\$\\{mart\\.(\\w+)}\\)|\\bmart\\.(\\w+))\\s+(?:as\\s+)?(\\w+)");
  private static final Pattern WORD_ALIAS = Pattern.compile("\\b(\\w+)\\.\"?(\\w+)\"?");
  private static final Pattern OWN_CUT =
      Pattern.compile(
          "\\b(?:max|max_by)\\s*\\(\\s*\\w*\\.?cut\\b|\\bcurrent_date\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SQL = Pattern.compile("\\bselect\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENT = Pattern.compile("--[^\n]*");
  private static final Pattern SECRET =
      Pattern.compile("://[^/@]*:[^/@]+@|password|secret", Pattern.CASE_INSENSITIVE);
  private static final Set<String> SETTINGS = Set.of("trino_uri", "zone", "restricted");
  private static final Set<String> CONTROLS = Set.of("cut", "as_of", "company", "currency");
  private static final Set<String> COLUMN_LISTS =
      Set.of("all_columns", "groupby", "groupby_b", "metrics", "metrics_b", "columns");
  private static final Set<String> COLUMN_NAMES =
      Set.of("x_axis", "x_axis_sort", "metric", "timeseries_limit_metric");
  private static final Set<String> SEARCHED_BY_THE_REDIRECT = Set.of("as_of");

  private final Assets assets;
  private final List<String> errors = new ArrayList<>();

  /** The renderer itself asks for these. */
  private final Set<String> usedTexts = new HashSet<>(Set.of("lang", "slug"));

  private Validator(Assets assets) {
    this.assets = assets;
  }

  /** Every problem, one a line; empty when the assets can be imported. */
  public static List<String> check(Assets assets) {
    Validator validator = new Validator(assets);
    validator.run();
    return List.copyOf(validator.errors);
  }

  private void run() {
    assets.datasets().forEach(this::dataset);
    assets.queries().forEach(this::query);
    assets.charts().forEach(this::chart);
    assets.dashboards().forEach(this::dashboard);
    if (SECRET.matcher(String.valueOf(assets.database())).find()) {
      errors.add(
          "databases/lakehouse.yaml: holds a secret; its address comes from the installation");
    }
    use(assets.database(), "databases/lakehouse.yaml");
    unused();
    unique("dashboards", assets.dashboards(), "dashboard_title");
    titlesOnOnePage();
    assets
        .texts()
        .forEach(
            (key, values) -> {
              if (values.stream().anyMatch(v -> v.contains("${"))) {
                errors.add(
                    "text.yaml: " + key + " holds a placeholder; texts do not refer to texts");
              }
            });
  }

  private void dataset(String name, Map<String, Object> dataset) {
    String place = "datasets/" + name;
    if (!assets.queries().containsKey(name)) {
      errors.add(
          place
              + ": queries/"
              + name
              + ".sql is missing; a dataset takes its SQL from the file of its name");
    }
    if (dataset.get("description") == null) {
      errors.add(place + ": description is missing");
    }
    for (Object metric : Yaml.list(dataset.get("metrics"), place + ": metrics")) {
      Map<String, Object> m = Yaml.map(metric, place + ": metrics");
      for (String key :
          List.of("metric_name", "verbose_name", "description", "expression", "d3format")) {
        if (m.get(key) == null) {
          errors.add(place + ": metrics: " + m.get("metric_name") + ": " + key + " is missing");
        }
      }
      String expression = String.valueOf(m.get("expression"));
      if (SQL.matcher(expression).find()) {
        errors.add(
            place + ": metrics: " + m.get("metric_name") + " is a query of its own: " + expression);
      }
    }
    use(dataset, place);
  }

  private void query(String name, String sql) {
    String place = "queries/" + name + ".sql";
    if (!assets.datasets().containsKey(name)) {
      errors.add(
          place
              + ": no dataset of this name in assets/datasets; delete the query or add the dataset");
    }
    if (!sql.startsWith("--")) {
      errors.add(place + ": begins without a comment that says its grain");
    }
    String code = COMMENT.matcher(sql).replaceAll("");
    for (String key : Assets.placeholders(code)) {
      if (key.startsWith("mart.")) {
        if (!assets.marts().containsKey(key.substring("mart.".length()))) {
          errors.add(place + ": there is no mart ${" + key + "} in warehouse/views");
        }
      } else if (!CONTROLS.contains(key) && !SETTINGS.contains(key)) {
        text(key, place);
      }
    }
    Matcher layer = LAYER.matcher(code);
    while (layer.find()) {
      if (!layer.group(1).equalsIgnoreCase("mart")) {
        errors.add(
            place + ": reads " + layer.group().replaceAll("\\s+", " ") + "; pages read marts only");
      }
    }
    if (OWN_CUT.matcher(code).find()) {
      errors.add(
          place
              + ": looks for a cut or a day by itself; the cut is the control's, ${cut}, and the day is the mart's as_of");
    }
    if (code.contains("coalesce(format(")) {
      errors.add(
          place + ": coalesce(format(…)): the format of null is the text n; ask for null before");
    }
    martColumns(place, code);
  }

  private void martColumns(String place, String code) {
    Map<String, String> martByAlias = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    Matcher alias = MART_ALIAS.matcher(code);
    while (alias.find()) {
      String mart = alias.group(1) == null ? alias.group(2) : alias.group(1);
      String before = martByAlias.put(alias.group(3), mart);
      if (before != null && !before.equals(mart)) {
        ambiguous.add(alias.group(3));
      }
    }
    Matcher use = WORD_ALIAS.matcher(code);
    Set<String> missing = new TreeSet<>();
    Set<String> renamed = renamed(code);
    while (use.find()) {
      String mart = martByAlias.get(use.group(1));
      List<String> columns =
          mart == null ? List.of() : assets.martColumns().getOrDefault(mart, List.of());
      if (!columns.isEmpty()
          && !ambiguous.contains(use.group(1))
          && !columns.contains(use.group(2))
          && !renamed.contains(use.group(2))) {
        missing.add("mart." + mart + "." + use.group(2));
      }
    }
    missing.forEach(m -> errors.add(place + ": " + m + " is not in the mart's metadata.yaml"));
  }

  /**
   * Names a query gives itself: an alias may stand for a mart in one part and for a part of the
   * query in another.
   */
  private static Set<String> renamed(String code) {
    Set<String> names = new HashSet<>();
    Matcher matcher = Pattern.compile("\\bas\\s+(\\w+)", Pattern.CASE_INSENSITIVE).matcher(code);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  private void chart(String name, Map<String, Object> chart) {
    String place = "charts/" + name;
    for (String key : List.of("slice_name", "description", "viz_type", "dataset", "params")) {
      if (chart.get(key) == null) {
        errors.add(place + ": " + key + " is missing");
        return;
      }
    }
    use(chart, place);
    Map<String, Object> dataset = assets.datasets().get(chart.get("dataset").toString());
    if (dataset == null) {
      errors.add(place + ": there is no dataset " + chart.get("dataset"));
      return;
    }
    Map<String, Object> params = Yaml.map(chart.get("params"), place + ": params");
    Set<String> known = known(dataset);
    for (String used : columnsUsed(params, place)) {
      if (!known.contains(used)) {
        errors.add(
            place
                + ": "
                + used
                + " is neither a column nor a metric of the dataset "
                + chart.get("dataset"));
      }
    }
    params.forEach(
        (key, value) -> {
          if (!key.equals("handlebarsTemplate") && SQL.matcher(String.valueOf(value)).find()) {
            errors.add(place + ": params: " + key + " holds SQL; charts use the dataset's metrics");
          }
        });
    if (String.valueOf(params.get("handlebarsTemplate")).contains("style=")) {
      errors.add(
          place
              + ": the template holds a style attribute, which Superset removes; use a class of style.css");
    }
  }

  private static Set<String> columnsUsed(Map<String, Object> params, String place) {
    Set<String> used = new TreeSet<>();
    params.forEach(
        (key, value) -> {
          if (COLUMN_LISTS.contains(key)) {
            used.addAll(Yaml.texts(value, place + ": " + key));
          } else if (COLUMN_NAMES.contains(key)) {
            used.add(value.toString());
          } else if (key.equals("column_config")) {
            used.addAll(Yaml.map(value, place).keySet());
          } else if (key.equals("conditional_formatting")) {
            Yaml.list(value, place)
                .forEach(f -> used.add(Yaml.text(Yaml.map(f, place), "column", place)));
          } else if (key.equals("order_by_cols")) {
            Yaml.texts(value, place)
                .forEach(o -> used.add(o.substring(o.indexOf('"') + 1, o.lastIndexOf('"'))));
          } else if (key.equals("handlebarsTemplate")) {
            Matcher field =
                Pattern.compile("\\{\\{(?:#if |#unless )?(\\w+)}}").matcher(value.toString());
            while (field.find()) {
              if (!field.group(1).equals("else")) {
                used.add(field.group(1));
              }
            }
          }
        });
    return used;
  }

  private static Set<String> known(Map<String, Object> dataset) {
    Set<String> known = new HashSet<>();
    Yaml.list(dataset.get("columns"), "columns")
        .forEach(c -> known.add(Yaml.text(Yaml.map(c, "columns"), "column_name", "columns")));
    Yaml.list(dataset.get("metrics"), "metrics")
        .forEach(m -> known.add(Yaml.text(Yaml.map(m, "metrics"), "metric_name", "metrics")));
    return known;
  }

  private void dashboard(String name, Map<String, Object> dashboard) {
    String place = "dashboards/" + name;
    use(dashboard, place);
    List<Object> filters = Yaml.list(dashboard.get("filters"), place + ": filters");
    for (int i = 0; i < filters.size(); i++) {
      Map<String, Object> filter = Yaml.map(filters.get(i), place + ": filters");
      String column = Yaml.text(filter, "column", place + ": filters");
      Map<String, Object> dataset = assets.datasets().get(String.valueOf(filter.get("dataset")));
      if (dataset == null || !known(dataset).contains(column)) {
        errors.add(
            place + ": filters: the dataset " + filter.get("dataset") + " has no column " + column);
      }
      if ((i == 0) != SEARCHED_BY_THE_REDIRECT.contains(column)) {
        errors.add(place + ": filters: as_of comes first, and once");
      }
    }
    if (filters.isEmpty()) {
      errors.add(place + ": filters: as_of is missing");
    }
    for (Object row : Yaml.list(dashboard.get("rows"), place + ": rows")) {
      int width = 0;
      for (Object cell : Yaml.list(row, place + ": rows")) {
        Map<String, Object> c = Yaml.map(cell, place + ": rows");
        String chart = Yaml.text(c, "chart", place + ": rows");
        if (!assets.charts().containsKey(chart)) {
          errors.add(place + ": rows: there is no chart " + chart);
        }
        width += c.get("width") instanceof Integer w ? w : 0;
      }
      if (width != 12) {
        errors.add(place + ": rows: a row is " + width + " columns wide; it has to be 12: " + row);
      }
    }
  }

  private void unused() {
    Set<String> charts = new HashSet<>();
    Set<String> datasets = new HashSet<>();
    assets
        .dashboards()
        .forEach(
            (name, d) -> {
              Yaml.list(d.get("rows"), name)
                  .forEach(
                      r ->
                          Yaml.list(r, name)
                              .forEach(
                                  c -> charts.add(String.valueOf(Yaml.map(c, name).get("chart")))));
              Yaml.list(d.get("filters"), name)
                  .forEach(f -> datasets.add(String.valueOf(Yaml.map(f, name).get("dataset"))));
            });
    assets.charts().values().forEach(c -> datasets.add(String.valueOf(c.get("dataset"))));
    report("charts", assets.charts().keySet(), charts, "is on no page");
    report("datasets", assets.datasets().keySet(), datasets, "is used by no chart and no control");
    report("text.yaml:", assets.texts().keySet(), usedTexts, "is used nowhere");
  }

  private void report(String kind, Collection<String> all, Set<String> used, String problem) {
    all.stream()
        .filter(n -> !used.contains(n))
        .forEach(
            n ->
                errors.add(
                    kind + (kind.endsWith(":") ? " " : "/") + n + " " + problem + "; delete it"));
  }

  private void unique(String kind, Map<String, Map<String, Object>> all, String key) {
    for (int language = 0; language < Assets.LANGUAGES; language++) {
      Map<String, String> first = new HashMap<>();
      for (Map.Entry<String, Map<String, Object>> asset : all.entrySet()) {
        String title = shown(asset.getValue().get(key), language);
        String before = first.put(title.toLowerCase(Locale.ROOT), asset.getKey());
        if (before != null) {
          errors.add(
              "%s/%s: the title “%s” is also that of %s"
                  .formatted(kind, asset.getKey(), title, before));
        }
      }
    }
  }

  /** Charts of one page are told apart by their titles. */
  private void titlesOnOnePage() {
    assets
        .dashboards()
        .forEach(
            (name, d) -> {
              Map<String, Map<String, Object>> onPage = new HashMap<>();
              for (Object row : Yaml.list(d.get("rows"), name)) {
                for (Object cell : Yaml.list(row, name)) {
                  String chart = String.valueOf(Yaml.map(cell, name).get("chart"));
                  if (assets.charts().containsKey(chart)) {
                    onPage.put(chart, assets.charts().get(chart));
                  }
                }
              }
              unique("dashboards/" + name, onPage, "slice_name");
            });
  }

  private String shown(Object template, int language) {
    String text = String.valueOf(template);
    for (String key : Assets.placeholders(text)) {
      List<String> values = assets.texts().get(key);
      text = values == null ? text : text.replace("${" + key + "}", values.get(language));
    }
    return text;
  }

  private void use(Object tree, String place) {
    switch (tree) {
      case Map<?, ?> map ->
          map.forEach(
              (k, v) -> {
                use(k, place);
                use(v, place);
              });
      case List<?> list -> list.forEach(v -> use(v, place));
      case String text ->
          Assets.placeholders(text).stream()
              .filter(k -> !SETTINGS.contains(k))
              .forEach(k -> text(k, place));
      case null -> errors.add(place + ": a value is empty; leave its key out");
      default -> {}
    }
  }

  private void text(String key, String place) {
    usedTexts.add(key);
    if (!assets.texts().containsKey(key)) {
      errors.add(place + ": the text ${" + key + "} is missing; add it to assets/text.yaml");
    }
  }
}
