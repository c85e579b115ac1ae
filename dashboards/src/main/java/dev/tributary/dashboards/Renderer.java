package dev.tributary.dashboards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns the assets into one bundle a language: texts filled in, marts placed into the queries with
 * the as-of control's cut, and Superset's identifiers, layout and filters written out.
 */
public final class Renderer {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.]+)}");
  private static final Pattern DECIMAL =
      Pattern.compile("\\bdecimal\\s+'(-?\\d+)(?:\\.(\\d+))?'", Pattern.CASE_INSENSITIVE);

  /**
   * The cut the as-of control names, in Superset's template language. The control's value ends in
   * the cut's number; only a number reaches the SQL. An empty control, or a value that is not a
   * number, is −1: a cut that does not exist, so no rows.
   */
  static final String CUT =
      "{{ ((filter_values('as_of', remove_filter=True) + [''])[0] | string).split(' ')[-1] | int(-1) }}";

  /** The as-of date: none, so each company's latest close at the cut. */
  static final String AS_OF = "cast(null as date)";

  /**
   * The company the company control names; its value is the company and the currency. Empty: no
   * rows.
   */
  static final String COMPANY =
      "{{ [((filter_values('company', remove_filter=True) + [' · '])[0] | string).split(' · ')[0]] | where_in }}";

  /** The currency the company control names. */
  static final String CURRENCY =
      "{{ [((filter_values('company', remove_filter=True) + [' · '])[0] | string).split(' · ')[-1]] | where_in }}";

  private static final Map<String, String> CONTROLS =
      Map.of(
          "cut", CUT,
          "as_of", AS_OF,
          "company", COMPANY,
          "currency", CURRENCY,
          "span.raw", span("raw"),
          "span.ledger", span("ledger"));

  /** Settings that are SQL, not texts within SQL. */
  private static final Set<String> RAW = Set.of("restricted", "zone");

  private static final int DEPTH = 8;

  private final Assets assets;
  private final Map<String, String> settings;

  /**
   * A renderer.
   *
   * @param assets what to render
   * @param settings placeholders that depend on the installation: {@code trino_uri}, {@code zone}
   *     and {@code restricted}, the branches of a {@code case} that name what each restricted user
   *     is restricted to
   */
  public Renderer(Assets assets, Map<String, String> settings) {
    this.assets = assets;
    this.settings = Map.copyOf(settings);
  }

  /**
   * The bundle of one language.
   *
   * @param language index into the texts: 0 is English, 1 is Chinese
   * @throws AssetException when a text or a name is missing
   */
  public Bundle render(int language) {
    String code = text("lang", language, "text.yaml");
    Map<String, Map<String, Object>> files = new LinkedHashMap<>();
    files.put(
        "metadata.yaml",
        Map.of("version", "1.0.0", "type", "assets", "timestamp", "2026-01-01T00:00:00+00:00"));
    files.put("databases/lakehouse.yaml", database(language));
    assets
        .datasets()
        .forEach(
            (name, d) ->
                files.put(
                    "datasets/lakehouse/" + name + "_" + code + ".yaml",
                    dataset(name, d, language, code)));
    assets
        .charts()
        .forEach(
            (name, c) ->
                files.put("charts/" + name + "_" + code + ".yaml", chart(name, c, language, code)));
    assets
        .dashboards()
        .forEach(
            (name, d) ->
                files.put(
                    "dashboards/" + name + "_" + code + ".yaml",
                    dashboard(name, d, language, code)));
    return new Bundle(code, files);
  }

  /** The SQL of one dataset as Superset receives it: its template language still in it. */
  String sql(String dataset, int language) {
    String query = assets.queries().get(dataset);
    if (query == null) {
      throw new AssetException(
          "dashboards/queries/"
              + dataset
              + ".sql is missing; a dataset takes its SQL from the file of its name");
    }
    return scaled(expand(query, language, "queries/" + dataset + ".sql", 0).strip());
  }

  /**
   * Writes decimal literals as casts with their scale. Superset parses and rewrites every query,
   * and its parser turns {@code decimal '0.01'} into a cast to {@code decimal} without a scale: 0.
   */
  private static String scaled(String sql) {
    Matcher literal = DECIMAL.matcher(sql);
    StringBuilder out = new StringBuilder();
    while (literal.find()) {
      int scale = literal.group(2) == null ? 0 : literal.group(2).length();
      int precision = literal.group(1).replace("-", "").length() + scale;
      String value = literal.group(1) + (scale == 0 ? "" : "." + literal.group(2));
      literal.appendReplacement(
          out,
          Matcher.quoteReplacement(
              "cast('" + value + "' as decimal(" + precision + ", " + scale + "))"));
    }
    return literal.appendTail(out).toString();
  }

  /**
   * What the control's cut stands on in a layer, as constants: it never changes, so the server
   * looks it up once and not every chart again ({@code tributary_cuts.py}).
   */
  private static String span(String layer) {
    return "{{ cut_span('" + layer + "', filter_values('as_of', remove_filter=True)) }}";
  }

  private String expand(String sql, int language, String place, int depth) {
    if (depth > DEPTH) {
      throw new AssetException(place + ": marts read each other in a circle");
    }
    return replace(
        sql,
        key -> {
          if (CONTROLS.containsKey(key)) {
            return CONTROLS.get(key);
          }
          if (RAW.contains(key)) {
            return text(key, language, place);
          }
          if (key.startsWith("mart.")) {
            String mart = assets.marts().get(key.substring("mart.".length()));
            if (mart == null) {
              throw new AssetException(place + ": there is no mart " + key + " in warehouse/views");
            }
            return expand(mart.strip(), language, key, depth + 1);
          }
          return text(key, language, place).replace("'", "''");
        });
  }

  private Map<String, Object> database(int language) {
    Map<String, Object> out = filled(assets.database(), language, "databases/lakehouse.yaml");
    out.put("uuid", AssetIds.database());
    out.put("version", "1.0.0");
    return out;
  }

  private Map<String, Object> dataset(
      String name, Map<String, Object> source, int language, String code) {
    Map<String, Object> out = filled(source, language, "datasets/" + name);
    List<Object> columns = new ArrayList<>();
    for (Object column : Yaml.list(out.get("columns"), "datasets/" + name + ": columns")) {
      Map<String, Object> full = Yaml.map(column, "datasets/" + name + ": columns");
      boolean measure = Boolean.FALSE.equals(full.get("groupby"));
      full.put("groupby", !measure);
      full.put("filterable", true);
      full.put("is_active", true);
      full.put("is_dttm", Yaml.text(full, "type", "datasets/" + name).startsWith("TIMESTAMP"));
      columns.add(full);
    }
    out.put("columns", columns);
    out.put("metrics", Yaml.list(out.get("metrics"), "datasets/" + name + ": metrics"));
    out.put("table_name", name + "_" + code);
    out.put("schema", "mart");
    out.put("sql", sql(name, language));
    out.put("uuid", AssetIds.dataset(name, code));
    out.put("database_uuid", AssetIds.database());
    out.put("version", "1.0.0");
    return out;
  }

  private Map<String, Object> chart(
      String name, Map<String, Object> source, int language, String code) {
    Map<String, Object> out = filled(source, language, "charts/" + name);
    String dataset = Yaml.text(out, "dataset", "charts/" + name);
    out.remove("dataset");
    Map<String, Object> params = Yaml.map(out.get("params"), "charts/" + name + ": params");
    params.put("viz_type", Yaml.text(out, "viz_type", "charts/" + name));
    params.putIfAbsent("adhoc_filters", List.of());
    out.put("params", params);
    out.put("uuid", AssetIds.chart(name, code));
    out.put("dataset_uuid", AssetIds.dataset(dataset, code));
    out.put("version", "1.0.0");
    return out;
  }

  private Map<String, Object> dashboard(
      String name, Map<String, Object> source, int language, String code) {
    String place = "dashboards/" + name;
    Map<String, Object> spec = filled(source, language, place);
    Map<String, Object> out = new LinkedHashMap<>();
    for (String key :
        List.of("dashboard_title", "description", "certified_by", "certification_details")) {
      out.put(key, Yaml.text(spec, key, place));
    }
    out.put("slug", name + text("slug", language, place));
    out.put("uuid", AssetIds.dashboard(name, code));
    out.put("version", "1.0.0");
    out.put("published", true);
    out.put("css", assets.css());
    out.put("position", position(spec, language, code, place));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("color_scheme", "tributary");
    metadata.put("label_colors", spec.getOrDefault("label_colors", Map.of()));
    metadata.put("cross_filters_enabled", false);
    metadata.put("refresh_frequency", 0);
    metadata.put("filter_bar_orientation", "HORIZONTAL");
    List<Object> filters = new ArrayList<>();
    for (Object filter : Yaml.list(spec.get("filters"), place + ": filters")) {
      filters.add(filter(Yaml.map(filter, place + ": filters"), code, place));
    }
    metadata.put("native_filter_configuration", filters);
    out.put("metadata", metadata);
    return out;
  }

  private Map<String, Object> position(
      Map<String, Object> spec, int language, String code, String place) {
    Map<String, Object> position = new LinkedHashMap<>();
    position.put("DASHBOARD_VERSION_KEY", "v2");
    position.put(
        "ROOT_ID", Map.of("type", "ROOT", "id", "ROOT_ID", "children", List.of("GRID_ID")));
    position.put(
        "HEADER_ID",
        Map.of(
            "type",
            "HEADER",
            "id",
            "HEADER_ID",
            "meta",
            Map.of("text", spec.get("dashboard_title"))));
    List<String> rowIds = new ArrayList<>();
    int chartId = 0;
    for (Object row : Yaml.list(spec.get("rows"), place + ": rows")) {
      String rowId = "ROW-" + (rowIds.size() + 1);
      rowIds.add(rowId);
      List<String> children = new ArrayList<>();
      for (Object cell : Yaml.list(row, place + ": rows")) {
        Map<String, Object> c = Yaml.map(cell, place + ": rows");
        String chart = Yaml.text(c, "chart", place + ": rows");
        Map<String, Object> chartSpec = assets.charts().get(chart);
        if (chartSpec == null) {
          throw new AssetException(place + ": there is no chart " + chart + " in assets/charts");
        }
        String id = "CHART-" + chart;
        children.add(id);
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("chartId", ++chartId);
        meta.put("uuid", AssetIds.chart(chart, code));
        meta.put("width", c.get("width"));
        meta.put("height", c.get("height"));
        meta.put(
            "sliceName",
            fill(Yaml.text(chartSpec, "slice_name", "charts/" + chart), language, place));
        position.put(
            id,
            Map.of(
                "type",
                "CHART",
                "id",
                id,
                "children",
                List.of(),
                "parents",
                List.of("ROOT_ID", "GRID_ID", rowId),
                "meta",
                meta));
      }
      position.put(
          rowId,
          Map.of(
              "type",
              "ROW",
              "id",
              rowId,
              "children",
              children,
              "parents",
              List.of("ROOT_ID", "GRID_ID"),
              "meta",
              Map.of("background", "BACKGROUND_TRANSPARENT")));
    }
    position.put(
        "GRID_ID",
        Map.of("type", "GRID", "id", "GRID_ID", "parents", List.of("ROOT_ID"), "children", rowIds));
    return position;
  }

  private static Map<String, Object> filter(Map<String, Object> spec, String code, String place) {
    String column = Yaml.text(spec, "column", place + ": filters");
    Map<String, Object> out = new LinkedHashMap<>();
    out.put("id", filterId(column));
    out.put("name", Yaml.text(spec, "name", place + ": filters"));
    out.put("type", "NATIVE_FILTER");
    out.put("filterType", "filter_select");
    out.put(
        "targets",
        List.of(
            Map.of(
                "column",
                Map.of("name", column),
                "datasetUuid",
                AssetIds.dataset(Yaml.text(spec, "dataset", place + ": filters"), code))));
    out.put(
        "controlValues",
        Map.of(
            "multiSelect", spec.getOrDefault("several", false),
            "enableEmptyFilter", false,
            "defaultToFirstItem", false,
            "sortAscending", !"as_of".equals(column),
            "inverseSelection", false,
            "searchAllOptions", false));
    out.put(
        "defaultDataMask",
        Map.of("extraFormData", Map.of(), "filterState", Map.of(), "ownState", Map.of()));
    out.put(
        "cascadeParentIds",
        Yaml.texts(spec.get("within"), place + ": filters").stream()
            .map(Renderer::filterId)
            .toList());
    out.put("scope", Map.of("rootPath", List.of("ROOT_ID"), "excluded", List.of()));
    out.put("description", spec.getOrDefault("description", ""));
    return out;
  }

  private static String filterId(String column) {
    return "NATIVE_FILTER-" + column;
  }

  private Map<String, Object> filled(Map<String, Object> tree, int language, String place) {
    return Yaml.map(fillTree(tree, language, place), place);
  }

  private Object fillTree(Object value, int language, String place) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach(
            (k, v) -> out.put(fill(k.toString(), language, place), fillTree(v, language, place)));
        yield out;
      }
      case List<?> list -> list.stream().map(v -> fillTree(v, language, place)).toList();
      case String text -> fill(text, language, place);
      case null -> throw new AssetException(place + ": a value is empty; leave its key out");
      default -> value;
    };
  }

  private String fill(String text, int language, String place) {
    return replace(text, key -> text(key, language, place));
  }

  private String text(String key, int language, String place) {
    String setting = settings.get(key);
    if (setting != null) {
      return setting;
    }
    List<String> values = assets.texts().get(key);
    if (values == null) {
      throw new AssetException(
          place + ": the text ${" + key + "} is missing; add it to dashboards/assets/text.yaml");
    }
    return values.get(language);
  }

  private static String replace(String text, UnaryOperator<String> values) {
    StringBuilder out = new StringBuilder();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      matcher.appendReplacement(out, Matcher.quoteReplacement(values.apply(matcher.group(1))));
    }
    return matcher.appendTail(out).toString();
  }
}
