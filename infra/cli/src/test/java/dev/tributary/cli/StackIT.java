package dev.tributary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole product as its users have it: {@code demo} in processes of its own, killed at a random
 * moment and started again, its pages in a browser, stopped, started, saved and brought back.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackIT {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final long SEED = Long.getLong("tributary.seed", System.nanoTime());
  private static final String NET =
      """
      select 'promotions', l.company, coalesce(l.promotion_id, ''), l.currency, cast(sum(l.sales) as varchar), cast(sum(l.cost) as varchar),
          cast(sum(l.collected) as varchar), cast(sum(l.units) as varchar), sum(l.sale_lines)
      from mart.promotion_line l
      join mart.timeline t on l.cut > t.from_cut and l.cut <= t.to_cut and t.layer = 'ledger' and t.epoch = (select max_by(epoch, ordinal) from ops.cuts)
      group by 1, 2, 3, 4
      union all
      select 'receivables', l.company, l.account, l.currency, cast(sum(l.amount) as varchar), '', '', '', 0
      from mart.receivable_line l
      join mart.timeline t on l.cut > t.from_cut and l.cut <= t.to_cut and t.layer = 'ledger' and t.epoch = (select max_by(epoch, ordinal) from ops.cuts)
      group by 1, 2, 3, 4
      union all
      select 'credit', l.company, l.entry, coalesce(l.currency, ''), cast(sum(l.amount) as varchar), '', '', '', sum(l.signed_count)
      from mart.credit_line l
      join mart.timeline t on l.cut > t.from_cut and l.cut <= t.to_cut and t.layer = 'ledger' and t.epoch = (select max_by(epoch, ordinal) from ops.cuts)
      group by 1, 2, 3, 4
      union all
      select 'attribution', l.company, l.goal, coalesce(l.currency, ''), cast(sum(l.revenue_first) as varchar), cast(sum(l.revenue_linear) as varchar),
          cast(sum(l.credit_w_shape) as varchar), cast(sum(l.credit_time_decay) as varchar), sum(l.touches)
      from mart.attribution_line l
      join mart.timeline t on l.cut > t.from_cut and l.cut <= t.to_cut and t.layer = 'ledger' and t.epoch = (select max_by(epoch, ordinal) from ops.cuts)
      group by 1, 2, 3, 4
      order by 1, 2, 3, 4
      """;
  private static final String CUTS =
      "select cut, ordinal, cast(published_at as varchar), json_format(cast(offsets as json)) from ops.cuts order by cut";

  /** What was posted at each cut; both sides of an account are not added up. */
  private static final String LINES_BY_CUT =
      """
      select 'promotions', l.cut, count(*), cast(sum(l.sales) as varchar), cast(sum(l.cost) as varchar), cast(sum(l.collected) as varchar)
      from ledger.promotions l
      group by l.cut
      union all
      select 'receivables', l.cut, count(*), cast(sum(if(l.account = 'RECEIVABLE', l.amount)) as varchar), cast(sum(if(l.account = 'CASH', l.amount)) as varchar), cast(sum(abs(l.amount)) as varchar)
      from ledger.receivables l
      group by l.cut
      union all
      select 'credit', l.cut, count(*), cast(sum(l.amount) as varchar), cast(sum(l.signed_count) as varchar), cast(sum(abs(l.amount)) as varchar)
      from ledger.credit l
      group by l.cut
      union all
      select 'identity', l.cut, count(*), cast(sum(l.members) as varchar), '', ''
      from ledger.identity l
      group by l.cut
      union all
      select 'attribution', l.cut, count(*), cast(sum(abs(l.revenue_position)) as varchar), cast(sum(abs(l.credit_time_decay)) as varchar), cast(sum(l.touches) as varchar)
      from ledger.attribution l
      group by l.cut
      order by 1, 2
      """;

  /** The months of the samples, as the demo names their cuts. */
  private static final List<String> MONTHS =
      Stream.of("foodmart 1997-%02d", "meridian 2025-%02d")
          .flatMap(name -> IntStream.rangeClosed(1, 12).mapToObj(name::formatted))
          .toList();

  /** What the demo says while it starts, sends the first sample, sends the second. */
  private static final List<List<String>> MOMENTS =
      List.of(
          List.of(
              "Starting the stack",
              "The Iceberg catalog is up",
              "Preparing Superset's metadata",
              "Kafka is up",
              "The job runs",
              "Superset is up",
              "Bringing the pages into Superset",
              "The stack is up"),
          said(MONTHS.subList(0, 12)),
          said(MONTHS.subList(12, 24)));

  private static final Set<String> OF_MARKETERS = Set.of("promotions", "attribution", "channels");
  private static final Set<String> RELOADED = Set.of("promotions", "trust");

  @TempDir static Path directory;

  private static Path home;
  private static Cli cli;
  private static List<String> net;

  @BeforeAll
  static void chooseAHome() throws IOException {
    home = directory.resolve(".tributary");
    cli = new Cli(home, new JarredClassPath(directory.resolve("jars")));
  }

  @AfterAll
  static void leaveNoProcess() {
    cli.processes().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  @Order(1)
  void aDemoThatIsKilledWholeGoesOnWhereItWas() throws Exception {
    Random random = new Random(SEED);
    List<String> moments = MOMENTS.get(random.nextInt(MOMENTS.size()));
    String moment = moments.get(random.nextInt(moments.size()));
    int later = random.nextInt(4000);
    System.out.printf("seed %s: everything is killed %s ms after \"%s\"%n", SEED, later, moment);
    Cli.Running demo = cli.start("demo", "--port=27080");
    demo.awaitLine(line -> line.contains(moment));
    Thread.sleep(later);
    demo.process().destroyForcibly();
    cli.processes().forEach(ProcessHandle::destroyForcibly);
    assertThat(demo.exit()).as(demo.said()).isNotZero();
    assertThat(demo.said()).contains(moment);

    String said = cli.run("demo", "--port=27080");
    assertThat(said).contains("48 checks, all balanced").contains("http://127.0.0.1:");
    for (String month : MONTHS) {
      if (demo.said().contains(month + ": ")) {
        assertThat(said).contains(month + " is there already");
      } else {
        // A cut is named before that is said.
        assertThat(said).containsAnyOf(month + ": ", month + " is there already");
      }
    }
    net = cli.query(NET);
  }

  @Test
  @Order(2)
  void aNamedCutHoldsItsMonthToTheLastDayAndNothingLater() throws Exception {
    assertThat(
            cli.query(
                """
                with named as (
                    select n.name, n.cut, split_part(n.name, ' ', 1) as company, last_day_of_month(date(split_part(n.name, ' ', 2) || '-01')) as last_day
                    from ops.named_cuts n
                )
                select n.name
                from named n
                join ops.cuts c on c.cut = n.cut
                where element_at(c.business_days, n.company) = n.last_day
                    and c.watermark = with_timezone(cast(date_add('day', 1, n.last_day) as timestamp(6)), if(n.company = 'foodmart', 'America/Los_Angeles', 'Asia/Shanghai'))
                """))
        .containsExactlyInAnyOrderElementsOf(MONTHS);
  }

  @Test
  @Order(2)
  void everyFigureOfFoodMartIsThatOfItsSource() throws Exception {
    Map<String, List<BigDecimal>> expected = new TreeMap<>();
    for (JsonNode sale : source("sales_fact_1997.json")) {
      String promotion = sale.get("promotion_id").asText();
      expected.merge(
          promotion.equals("0") ? "" : promotion,
          List.of(
              sale.get("store_sales").decimalValue(),
              sale.get("store_cost").decimalValue(),
              sale.get("unit_sales").decimalValue(),
              BigDecimal.ONE,
              BigDecimal.ZERO),
          StackIT::plus);
    }
    for (JsonNode promotion : source("promotion.json")) {
      if (promotion.get("start_date").asText().startsWith("1997")) {
        expected.merge(
            promotion.get("promotion_id").asText(),
            List.of(
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                promotion.get("cost").decimalValue()),
            StackIT::plus);
      }
    }
    Map<String, List<BigDecimal>> shown = new TreeMap<>();
    for (String row :
        cli.query(
            "select coalesce(promotion_id, ''), sales, cost_of_goods, units, sale_lines, coalesce(cost, 0) from mart.promotion_result where company = 'foodmart'")) {
      String[] cells = row.replace("\"", "").split(",", -1);
      shown.put(cells[0], List.of(cells).subList(1, 6).stream().map(BigDecimal::new).toList());
    }
    assertThat(plain(shown)).isEqualTo(plain(expected));
    assertThat(shown.values().stream().reduce(StackIT::plus).orElseThrow().get(3))
        .isEqualByComparingTo("86837");
  }

  @Test
  @Order(3)
  void aSecondDemoChangesNothing() throws Exception {
    List<String> cuts = cli.query(CUTS);
    String said = cli.run("demo", "--port=27080");
    assertThat(MONTHS).allMatch(month -> said.contains(month + " is there already"));
    assertThat(cli.query(CUTS)).isEqualTo(cuts);
    assertThat(cli.query(NET)).isEqualTo(net);
  }

  @Test
  @Order(4)
  void everyChartOfAPageShowsOneAndTheSameCutAtEveryReloadWhileDataFlows() throws Exception {
    long before = newestCut();
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Integer> load = CompletableFuture.supplyAsync(() -> sendUntil(enough));
    List<Long> newest = new ArrayList<>();
    try (PageProbe marketer = probe("marketer");
        PageProbe admin = probe("admin")) {
      for (String page :
          List.of("promotions", "attribution", "channels", "receivables", "trust", "credit-zh")) {
        PageProbe probe = OF_MARKETERS.contains(page) ? marketer : admin;
        int again = RELOADED.contains(page) ? 1 : 0;
        Set<String> cutsOfPage = new HashSet<>();
        for (PageProbe.Seen seen : probe.reload("/superset/dashboard/" + page + "/", again)) {
          System.out.printf("%s: %s charts in %s%n", page, seen.cuts().size(), seen.took());
          assertThat(seen.failures()).as(page).isEmpty();
          assertThat(seen.console()).as(page).isEmpty();
          assertThat(seen.cuts().keySet()).as(page + ": charts that asked").hasSizeGreaterThan(5);
          Set<String> cuts = new HashSet<>(seen.cuts().values());
          assertThat(cuts).as(page + ": cuts on one page").hasSize(1).doesNotContain("");
          cutsOfPage.addAll(cuts);
          newest.add(newestCut());
        }
        assertThat(cutsOfPage).as(page + ": a reload stays at its cut").hasSize(1);
      }
    } finally {
      enough.set(true);
    }
    // or nothing would have flowed under the pages
    assertThat(newest).as("the newest cut after each load").doesNotContain(before);
    assertThat(new HashSet<>(newest)).as("of " + newest).hasSizeGreaterThan(newest.size() / 2);
    int sent = load.join();
    assertThat(cli.run("wait")).isNotEmpty();
    assertThat(
            cli.query(
                "select count(*), cast(sum(amount) as varchar) from mart.receivable_line where company = 'orion' and account = 'CASH'"))
        .containsExactly(sent + "," + sent + ".000000");
  }

  /** How the demo's lines about months that were sent begin. */
  private static List<String> said(List<String> months) {
    return months.stream().map(month -> month + ": ").toList();
  }

  @Test
  @Order(5)
  void whatTheTopicSaysOfAlertsIsWhatItsLastCutSays() throws Exception {
    await().atMost(Duration.ofMinutes(3)).until(() -> !alerts().isEmpty());
    Map<String, Integer> open = new TreeMap<>();
    long cut = 0;
    for (JsonNode message : alerts()) {
      cut = message.path("cut").asLong();
      if (!message.path("change").asText().equals("CUT")) {
        boolean opens =
            message.path("change").asText().equals("SAID")
                == message.path("step").asText().equals("RAISED");
        String alert =
            "%s,%s,%s"
                .formatted(
                    message.path("company").asText(),
                    message.path("customer_id").asText(),
                    message.path("alert").asText());
        open.merge(alert, opens ? 1 : -1, Integer::sum);
      }
    }
    open.values().removeIf(count -> count == 0);
    assertThat(open.keySet()).hasSizeGreaterThan(10);
    assertThat(open.entrySet().stream().map(each -> each.getKey() + "," + each.getValue()))
        .containsExactlyInAnyOrderElementsOf(
            cli.query(
                """
                select l.company, l.customer_id, l.alert, sum(if(l.step = 'RAISED', l.signed_count, -l.signed_count))
                from mart.timeline t
                join mart.credit_line l on l.cut > t.from_cut and l.cut <= least(t.to_cut, %1$s)
                where l.entry = 'ALERT' and t.layer = 'ledger' and t.epoch = %1$s / 1000000000
                group by 1, 2, 3
                having sum(if(l.step = 'RAISED', l.signed_count, -l.signed_count)) <> 0
                """
                    .formatted(cut)));
  }

  private static List<JsonNode> alerts() throws IOException {
    return AlertMessages.at(stack("kafka.bootstrap"));
  }

  /** A page's address with a value chosen in one of its controls. */
  private static String page(String name, String control, String value) {
    String chosen =
        "(NATIVE_FILTER-%1$s:(extraFormData:(filters:!((col:%1$s,op:IN,val:!('%2$s')))),filterState:(label:'%2$s',value:!('%2$s')),id:NATIVE_FILTER-%1$s,ownState:()))"
            .formatted(control, value);
    return "/superset/dashboard/%s/?native_filters=%s"
        .formatted(name, URLEncoder.encode(chosen, StandardCharsets.UTF_8));
  }

  @Test
  @Order(5)
  void theCompanyControlSwitchesAPageToAnothersFigures() throws Exception {
    Map<String, List<String>> promotions = new TreeMap<>();
    for (String company : List.of("foodmart", "meridian")) {
      promotions.put(
          company,
          cli
              .query(
                  "select distinct name from mart.promotion where company = '%s' and length(name) > 8"
                      .formatted(company))
              .stream()
              .map(name -> name.replace("\"", ""))
              .toList());
    }
    try (PageProbe probe = probe("marketer")) {
      for (String chosen : List.of("foodmart · USD", "meridian · CNY")) {
        PageProbe.Seen seen = probe.open(page("promotions", "company", chosen), null);
        assertThat(seen.failures()).isEmpty();
        assertThat(seen.companies()).containsExactly(chosen);
        for (Map.Entry<String, List<String>> of : promotions.entrySet()) {
          long named = of.getValue().stream().filter(seen.texts()::contains).count();
          if (chosen.startsWith(of.getKey())) {
            assertThat(named).as(chosen).isGreaterThan(5);
          } else {
            assertThat(named).as("of " + of.getKey() + " on the page of " + chosen).isZero();
          }
        }
      }
    }
  }

  @Test
  @Order(5)
  void aPageOfACutThatDoesNotExistShowsNoFigureAndSaysSo() throws Exception {
    try (PageProbe probe = probe("admin")) {
      PageProbe.Seen seen = probe.open(page("trust", "as_of", "0"), null);
      assertThat(seen.texts()).contains("no such cut");
      assertThat(seen.rows().values().stream().filter(rows -> rows > 0))
          .as("charts with rows: the head alone")
          .hasSize(1);
    }
  }

  @Test
  @Order(6)
  void whatWasSavedComesBackWithEveryCutAndGoesOn() throws Exception {
    List<String> cuts = cli.query(CUTS);
    List<String> lines = cli.query(LINES_BY_CUT);
    List<String> before = cli.query(NET);
    cli.run("down");
    assertThat(cli.processes()).as("processes after down").isEmpty();
    Path saved = directory.resolve("saved");
    cli.run("backup", saved.toString());
    cli.run("down", "--wipe");
    assertThat(Files.exists(home.resolve("kafka"))).isFalse();
    cli.run("restore", saved.toString());
    long started = System.nanoTime();
    cli.run("up", "--port=27080");
    System.out.printf(
        "up with what was saved: %s%n", Duration.ofNanos(System.nanoTime() - started));
    assertThat(cli.query(CUTS)).isEqualTo(cuts);
    assertThat(cli.query(LINES_BY_CUT)).isEqualTo(lines);
    assertThat(cli.query(NET)).isEqualTo(before);
    assertThat(
            cli.run(
                "reconcile",
                "--cut=" + cuts.get(cuts.size() / 2).split(",", 2)[0].replace("\"", "")))
        .contains("all balanced");
    // and the job goes on
    cli.run("generate", "--company=vega", "--scale=0.001", "--days=28", "--send");
    String paid =
        """
        {"type": "PaymentReceived", "event_id": "lyra:1", "company": "lyra", "payment_id": "1", "customer_id": "c", "received_on": "2026-03-09", "amount": "12.34", "currency": "EUR"}
        """;
    collect(paid + paid);
    Path templates = directory.resolve("templates");
    cli.run("templates", "PaymentReceived", "--out", templates.toString(), "--lang", "en");
    Path workbook =
        filledIn(
            templates.resolve("PaymentReceived.en.xlsx"),
            Map.of(
                "payment_id", "2",
                "customer_id", "c",
                "received_on", "2026-03-10",
                "amount", "30.50",
                "currency", "EUR"));
    cli.run(
        "import",
        workbook.toString(),
        "--mapping",
        templates.resolve("PaymentReceived.en.yaml").toString(),
        "--company",
        "lyra",
        "--zone",
        "Europe/Berlin");
    cli.run("wait");
    assertThat(
            cli.query(
                "select account, cast(sum(amount) as varchar) from mart.receivable_line where company = 'lyra' group by 1 order by 1"))
        .containsExactly("CASH,42.840000", "UNAPPLIED_CASH,-42.840000");
    assertThat(cli.run("reconcile")).contains("all balanced");
    cli.run("down");
    assertThat(cli.processes()).as("processes after down").isEmpty();
  }

  /** A template's data sheet with one row, as a spreadsheet program hands it back. */
  private static Path filledIn(Path template, Map<String, String> row) throws IOException {
    List<String> columns;
    try (ReadableWorkbook workbook = new ReadableWorkbook(template.toFile())) {
      columns =
          workbook.getFirstSheet().read().getFirst().stream().map(cell -> cell.getText()).toList();
    }
    assertThat(columns).containsAll(row.keySet());
    Path filled = template.resolveSibling("payments.xlsx");
    try (OutputStream out = Files.newOutputStream(filled);
        Workbook workbook = new Workbook(out, "tributary", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Data");
      for (int i = 0; i < columns.size(); i++) {
        sheet.value(0, i, columns.get(i));
        sheet.value(1, i, row.getOrDefault(columns.get(i), ""));
      }
    }
    return filled;
  }

  /** Sends payments of one euro to another company every few seconds; how many. */
  private static int sendUntil(AtomicBoolean enough) {
    int sent = 0;
    try {
      while (!enough.get()) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++) {
          lines.append(
              """
              {"type": "PaymentReceived", "event_id": "orion:%1$s", "company": "orion", "payment_id": "%1$s", "customer_id": "c%2$s", "received_on": "2026-03-09", "amount": "1.00", "currency": "EUR"}
              """
                  .formatted(++sent, i));
        }
        collect(lines.toString());
        Thread.sleep(3_000);
      }
    } catch (Exception e) {
      throw new IllegalStateException("The load could not be sent", e);
    }
    return sent;
  }

  private static long newestCut() throws Exception {
    return Long.parseLong(cli.query("select max_by(cut, ordinal) from ops.cuts").getFirst());
  }

  private static PageProbe probe(String user) throws IOException {
    Optional<Path> chromium = PageProbe.chromium();
    if (chromium.isEmpty() && System.getenv("CI") != null) {
      throw new AssertionError("no Chrome or Chromium found; name one with -Dtributary.chromium=…");
    }
    assumeTrue(
        chromium.isPresent(), "no Chrome or Chromium found; name one with -Dtributary.chromium=…");
    PageProbe probe = new PageProbe(stack("superset.url"), chromium.get(), Duration.ofMinutes(8));
    probe.login(
        user,
        Files.readString(home.resolve("secrets/superset-%s-password".formatted(user))).strip());
    return probe;
  }

  /** A setting of the running stack. */
  private static String stack(String key) throws IOException {
    return Files.readAllLines(home.resolve("stack.properties")).stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1).replace("\\", ""))
        .findFirst()
        .orElseThrow();
  }

  /** Sends lines as a program does. */
  private static void collect(String lines) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String token = Files.readString(home.resolve("secrets/collector-token")).strip();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(stack("collector.url") + "/events"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Type", "application/x-ndjson")
                  .POST(HttpRequest.BodyPublishers.ofString(lines))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static List<JsonNode> source(String file) throws IOException {
    try (InputStream in = StackIT.class.getResourceAsStream("/" + file)) {
      return JSON.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
    }
  }

  private static List<BigDecimal> plus(List<BigDecimal> one, List<BigDecimal> other) {
    List<BigDecimal> sum = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sum.add(one.get(i).add(other.get(i)));
    }
    return sum;
  }

  private static Map<String, String> plain(Map<String, List<BigDecimal>> figures) {
    return figures.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry ->
                    entry.getValue().stream()
                        .map(figure -> figure.setScale(6).toPlainString())
                        .collect(Collectors.joining(" ")),
                (a, b) -> a,
                HashMap::new));
  }
}
