package dev.tributary.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tributary.embedded.Downloads;
import dev.tributary.embedded.EmbeddedCatalog;
import dev.tributary.embedded.EmbeddedKafka;
import dev.tributary.embedded.TrinoServer;
import dev.tributary.events.InvoiceIssued;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PaymentReceived;
import dev.tributary.ingestion.Closes;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.Mode;
import dev.tributary.jobs.Policy;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.stories.Events;
import dev.tributary.stories.RandomStory;
import dev.tributary.warehouse.MartSql;
import dev.tributary.warehouse.Warehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does the SQL over {@code raw} notice mistakes of the folds? Five are planted in each part, ten in
 * attribution, one in what its events mean, and two in how a receipt is shared out; each has to be
 * caught. What-ifs read what a job without mistakes has read. Five have a mistake in receivables,
 * one in promotions and one in credit; none hides or causes what another's check finds, because
 * that compares its part with what feeds it at the same cut.
 */
class MistakesIT {

  private static final long SEED = Long.getLong("tributary.seed", 1);
  private static final int PARTITIONS = 2;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> CHECKS =
      List.of(
          "check_double_entry",
          "check_receivables",
          "check_items",
          "check_shares",
          "check_promotions",
          "check_credit",
          "check_grades",
          "check_attribution",
          "check_conversions");

  /**
   * A text of a source, by its module and its path below that, what stands there instead, and the
   * check that notices.
   */
  private record Mistake(String source, String original, String replacement, String check) {}

  private static final String RECEIVABLES = "domain/receivables/Posting.java";
  private static final String PROMOTIONS = "domain/promotions/PromotionFold.java";
  private static final String RECEIPT = "domain/promotions/Receipt.java";
  private static final String CREDIT = "domain/credit/Posting.java";
  private static final String JOURNEYS = "domain/attribution/Posting.java";
  private static final String CONVERSION = "domain/attribution/Document.java";
  private static final String SHARES = "domain/LargestRemainder.java";

  private static final List<List<Mistake>> PLANTED =
      List.of(
          // in attribution: of one model each, which no other mistake of this part touches
          List.of(
              new Mistake(
                  "domain/receivables/ItemKey.java",
                  "OLDEST_DUE_FIRST.compare(this, other)",
                  "OLDEST_DUE_FIRST.compare(other, this)",
                  "items_open"),
              new Mistake(
                  PROMOTIONS,
                  "sale.settlement() == Settlement.AT_SALE",
                  "false",
                  "promotions_collected"),
              new Mistake(
                  CREDIT,
                  "Money less = amount.negate();",
                  "Money less = Money.zero(item.currency());",
                  "credit_open"),
              new Mistake(
                  "domain/attribution/FirstTouch.java",
                  "journey.first(",
                  "journey.last(",
                  "attribution_first"),
              new Mistake(
                  "domain/attribution/LastTouch.java",
                  "journey.last(",
                  "journey.first(",
                  "attribution_last"),
              new Mistake(
                  "domain/attribution/LinearModel.java",
                  "Arrays.fill(weights, 1);",
                  "Arrays.fill(weights, 0, (weights.length + 1) / 2, 1);",
                  "attribution_linear"),
              new Mistake(
                  "domain/attribution/PositionModel.java",
                  "permille.get(2)",
                  "permille.get(1)",
                  "attribution_position"),
              new Mistake(
                  "domain/attribution/TimeDecayModel.java",
                  "goal().halfLife()",
                  "goal().window()",
                  "attribution_time_decay")),
          List.of(
              new Mistake(
                  RECEIVABLES,
                  "oldest = oldestOf(target, amount.currency());\n    }",
                  "oldest = Optional.empty();\n    }",
                  "items_open"),
              new Mistake(
                  RECEIPT,
                  "case PAYMENT, APPLICATION, RELEASE, REVERSAL, REFUND ->",
                  "case REVERSAL -> Optional.empty();\n"
                      + "      case PAYMENT, APPLICATION, RELEASE, REFUND ->",
                  "promotions_collected"),
              new Mistake(CREDIT, "micros > 0 || inTime ?", "true ?", "credit_paid_in_time"),
              new Mistake(
                  CONVERSION,
                  "reducedMicros, true)",
                  "reducedMicros, false)",
                  "attribution_linear")),
          List.of(
              new Mistake(
                  RECEIVABLES,
                  "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(paid.total(),",
                  "post(UNAPPLIED_CASH, APPLICATION, id, id, null, new Money(-paid.total(),",
                  "double_entry"),
              new Mistake(
                  RECEIPT,
                  "Money lowered = line.amount().negate();",
                  "Money lowered = line.amount();",
                  "promotions_collected"),
              new Mistake(
                  "domain/credit/Shipment.java",
                  "return Math.max(0, left);",
                  "return Math.max(1, left);",
                  "credit_shipped"),
              new Mistake(
                  CONVERSION, "valueMicros - reducedMicros", "valueMicros", "attribution_first")),
          List.of(
              new Mistake(
                  RECEIVABLES,
                  "pay(Target.invoice(allocation.invoiceId()), allocation.amount(), id)",
                  "pay(null, allocation.amount(), id)",
                  "items_open"),
              new Mistake(PROMOTIONS, "cost.costClass(),", "null,", "promotions_cost"),
              new Mistake(
                  "domain/credit/Judge.java",
                  "if (policy.hasRate(amount.currency())) {",
                  "if (policy.hasRate(amount.currency()) && !amount.isZero()) {",
                  "credit_alerts"),
              new Mistake(
                  JOURNEYS,
                  "convertedAt.minus(goal.window())",
                  "convertedAt.minus(goal.window().dividedBy(30))",
                  "attribution_first")),
          List.of(
              new Mistake(
                  RECEIVABLES,
                  "for (PotKey pot : payment.pots())",
                  "for (PotKey pot : List.<PotKey>of())",
                  "items_unapplied"),
              new Mistake(PROMOTIONS, "sale.region(),", "null,", "promotions_sales"),
              new Mistake(
                  "domain/credit/Judge.java",
                  "if (key.kind() == TermKey.Kind.LIMIT && term != null) {",
                  "if (key.kind() == TermKey.Kind.LIMIT && term != null && !limits.containsKey(key.id())) {",
                  "credit_limits"),
              new Mistake(
                  JOURNEYS,
                  "converted.containsKey(kind) ? Cycle.REPEAT",
                  "documents.isEmpty() ? Cycle.REPEAT",
                  "attribution_position")),
          // a cent to the smallest remainder
          List.of(
              new Mistake(
                  SHARES,
                  "(Integer i) -> remainders[i]).reversed())",
                  "(Integer i) -> remainders[i]))",
                  "shares_settled"),
              new Mistake(
                  JOURNEYS,
                  "if (at.isAfter(convertedAt)) {",
                  "if (!at.isBefore(convertedAt)) {",
                  "attribution_last")),
          // among equal remainders to the last
          List.of(
              new Mistake(
                  SHARES, ".boxed()", ".map(i -> shares.length - 1 - i).boxed()", "shares_settled"),
              new Mistake(
                  "jobs/ChannelMapping.java",
                  "byAlias.put(normal(alias), name)",
                  "byAlias.put(normal(alias), null)",
                  "attribution_first")));

  @TempDir static Path directory;

  private static EmbeddedKafka kafka;
  private static EmbeddedCatalog catalog;
  private static TrinoServer trino;
  private static JarredClassPath jars;
  private static Path state;
  private static Path policy;

  @BeforeAll
  static void readWithoutMistakes() throws Exception {
    kafka = EmbeddedKafka.start(directory.resolve("kafka"), 0);
    kafka.createTopics(EventCatalog.load().topics(), PARTITIONS);
    catalog = EmbeddedCatalog.start(directory.resolve("catalog"), 0);
    trino = TrinoServer.start(directory.resolve("trino"), 0, catalog.uri(), null);
    Warehouse.apply(trino.jdbcUrl(TrinoServer.ADMIN));
    jars = new JarredClassPath(directory.resolve("jars"));
    state = directory.resolve("state");
    policy = Files.writeString(directory.resolve("policy.yaml"), Policy.shippedText());
    send();
    try (JobProcess job =
        JobProcess.start(
            jars,
            kafka.bootstrapServers(),
            catalog.uri(),
            state,
            directory.resolve("job.log"),
            1,
            "heap",
            Mode.LIVE,
            policy,
            null)) {
      awaitCut("LIVE", 0, job);
      job.stopWithSavepoint();
    }
  }

  @AfterAll
  static void stop() {
    trino.close();
    catalog.close();
    kafka.close();
  }

  @Test
  void everyPlantedMistakeIsCaughtAndNothingElse() throws Exception {
    System.out.println("seed " + SEED);
    Map<Long, List<Mistake>> mistakesByCut = new LinkedHashMap<>();
    long cut = whatIf(0, List.of());
    mistakesByCut.put(cut, List.of());
    for (List<Mistake> mistakes : PLANTED) {
      cut = whatIf(cut, mistakes);
      mistakesByCut.put(cut, mistakes);
    }

    Map<Long, Set<String>> off = checksOff(mistakesByCut.keySet());
    assertThat(off.getOrDefault(mistakesByCut.keySet().iterator().next(), Set.of()))
        .as("checks that are off without a mistake, seed %s", SEED)
        .isEmpty();
    mistakesByCut.forEach(
        (at, mistakes) ->
            mistakes.forEach(
                mistake ->
                    assertThat(off.getOrDefault(at, Set.of()))
                        .as("checks that are off, seed %s, with %s", SEED, mistakes)
                        .contains(mistake.check())));
  }

  private static void send() {
    Map<String, Integer> partitions =
        EventCatalog.load().topics().stream()
            .collect(Collectors.toMap(topic -> topic, topic -> PARTITIONS));
    List<SpecificRecord> events = new ArrayList<>(new RandomStory(SEED, 1_500, 60).shuffled(SEED));
    events.addAll(equalRemainders());
    for (int day = 1; day <= 120; day += 7) {
      events.addAll(
          Closes.of(Events.COMPANY, ZoneId.of("UTC"), Events.march(1).plusDays(day), partitions));
    }
    try (KafkaEventSender sender = new KafkaEventSender(kafka.bootstrapServers())) {
      sender.sendAll(events);
      sender.flush();
    }
  }

  /** Two promotions that are owed the same, and an odd number of cents; chance brings none. */
  private static List<SpecificRecord> equalRemainders() {
    InvoiceIssued billed = Events.invoice("equal", "equal", 1, 9, "promo-1", 50);
    billed.setLines(
        List.of(
            billed.getLines().getFirst(), new InvoiceLine(2, "promo-2", Events.yuan(50), null)));
    PaymentReceived paid = Events.payment("equal", "equal", 2, 10);
    paid.setAmountMicros(paid.getAmountMicros() + 10_000);
    return List.of(billed, paid);
  }

  /** Reads all once more with the mistakes in it; the cut that holds it all. */
  private static long whatIf(long after, List<Mistake> mistakes) throws Exception {
    Path classes = Files.createTempDirectory(directory, "mistakes");
    for (Mistake mistake : mistakes) {
      plant(mistake, classes);
    }
    try (JobProcess job =
        JobProcess.whatIf(
            classes,
            jars,
            kafka.bootstrapServers(),
            catalog.uri(),
            state,
            directory.resolve("what-if.log"),
            policy)) {
      return awaitCut("WHAT_IF", after, job);
    }
  }

  private static void plant(Mistake mistake, Path classes) throws Exception {
    Path source =
        Downloads.projectRoot()
            .resolve("streaming-jobs")
            .resolve(mistake.source().substring(0, mistake.source().indexOf('/')))
            .resolve("src/main/java/dev/tributary")
            .resolve(mistake.source());
    String code = Files.readString(source);
    assertThat(code.split(Pattern.quote(mistake.original()), -1))
        .as("'%s' stands exactly once in %s", mistake.original(), mistake.source())
        .hasSize(2);
    Path changed =
        Files.createTempDirectory(directory, "source").resolve(source.getFileName().toString());
    Files.write(changed, code.replace(mistake.original(), mistake.replacement()).getBytes(UTF_8));
    int exit =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--release",
                "21",
                "-proc:none",
                "-d",
                classes.toString(),
                "-classpath",
                jars.classPath(),
                changed.toString());
    assertThat(exit).as("javac on %s", mistake).isZero();
  }

  /** A cut of a mode in an epoch after that of another cut, once one holds all that was sent. */
  private static long awaitCut(String mode, long after, JobProcess job) throws Exception {
    String sql =
        "select cut, json_format(cast(offsets as json)) from mart.cut where mode = '%s' and epoch > %s order by cut desc limit 1"
            .formatted(mode, after / 1_000_000_000);
    Map<String, Long> ends = Ends.of(kafka, PARTITIONS);
    return await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(500))
        .until(
            () -> {
              assertThat(job.isAlive()).as("the job's process; see its log").isTrue();
              return newest(sql, ends);
            },
            cut -> cut > 0);
  }

  /** The cut, if it holds everything that was sent; else 0. */
  private static long newest(String sql, Map<String, Long> ends) throws Exception {
    try (Lake lake = Lake.open(trino.url(), TrinoServer.ADMIN)) {
      for (List<String> row : lake.query(sql).rows()) {
        Map<String, Long> offsets =
            JSON.readValue(row.get(1), new TypeReference<Map<String, Long>>() {});
        if (Waiting.missing(ends, offsets) == 0) {
          return Long.parseLong(row.getFirst());
        }
      }
      return 0;
    }
  }

  /** The checks that are off, by cut. */
  private static Map<Long, Set<String>> checksOff(Set<Long> cuts) {
    String chosen =
        cuts.stream().map(String::valueOf).collect(Collectors.joining(", ", "any (values ", ")"));
    Map<Long, Set<String>> off = new TreeMap<>();
    try (Lake lake = Lake.open(trino.url(), TrinoServer.ADMIN)) {
      for (String check : CHECKS) {
        String sql =
            "select k.cut, k.check_id from (%n%s%n) k where not k.balanced"
                .formatted(MartSql.render(check, chosen, MartSql.LATEST_CLOSE));
        for (List<String> row : lake.query(sql).rows()) {
          off.computeIfAbsent(Long.parseLong(row.getFirst()), cut -> new TreeSet<>())
              .add(row.get(1));
        }
      }
    }
    System.out.println("checks off: " + off);
    return off;
  }
}
