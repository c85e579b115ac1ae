package dev.tributary.ingestion.cli;

import dev.tributary.events.BusinessDayClosed;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.SendFailedException;
import dev.tributary.ingestion.generate.Config;
import dev.tributary.ingestion.generate.GeneratedEvent;
import dev.tributary.ingestion.generate.Generator;
import dev.tributary.ingestion.importing.NdjsonFormat;
import dev.tributary.ingestion.sampleyear.KafkaTopics;
import dev.tributary.ingestion.sampleyear.NdjsonFolder;
import dev.tributary.ingestion.sampleyear.SampleYear;
import dev.tributary.ingestion.sampleyear.SampleYearGenerator;
import dev.tributary.ingestion.sampleyear.Tally;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code generate}: a made-up company as NDJSON or straight to Kafka; with {@code --scale} the
 * sample year, without it a small one.
 */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Make up a company's events. Same options, same bytes.",
      "With --scale: the sample year of docs/sample-year.md, by month, and the truth about it.",
      "Without: a small company of customers, sales, promotions and receivables."
    })
public final class GenerateCommand implements Callable<Integer> {

  private static final int SMALL_CUSTOMERS = 200;
  private static final int SMALL_DAYS = 180;
  private static final int SMALL_DUPLICATES = 50;
  private static final int SAMPLE_DAYS = 365;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "The sample year; 1 is 20,000 customers and over a million events.")
  private Double scale;

  @Option(names = "--customers", description = "Of the small company. Default: 200")
  private Integer customers;

  @Option(names = "--days", description = "Default: 365 with --scale, 180 without.")
  private Integer days;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2025-01-01",
      description = "First day. Default: ${DEFAULT-VALUE}")
  private LocalDate from;

  @Option(names = "--company", defaultValue = "meridian", description = "Default: ${DEFAULT-VALUE}")
  private String company;

  @Option(
      names = "--duplicates",
      paramLabel = "N",
      description = "Events out of a thousand of the small company that arrive twice. Default: 50")
  private Integer duplicates;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Where the truth about a sample year goes that is sent.")
  private Path truth;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Mixin private StackOptions stack;

  @Spec private CommandSpec spec;

  /** Where the events go. */
  private static final class Target {
    @Option(
        names = "--out",
        paramLabel = "PATH",
        description = "Write NDJSON, as import reads it: a file; with --scale a folder.")
    private Path out;

    @Option(names = "--send", description = "Send to Kafka.")
    private boolean send;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    int wanted = days != null ? days : scale == null ? SMALL_DAYS : SAMPLE_DAYS;
    Config small;
    SampleYear year;
    try {
      refuseMixtures();
      small =
          Config.ofSeed(seed)
              .withSize(customers == null ? SMALL_CUSTOMERS : customers, wanted)
              .withCompany(company, from)
              .withDisorder(duplicates == null ? SMALL_DUPLICATES : duplicates, 60, 30);
      year =
          scale == null
              ? null
              : SampleYear.of(seed, scale).during(from, wanted).withCompany(company);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }

    LocalDate end = from.plusDays(wanted);
    if (end.atStartOfDay(small.zone()).toInstant().isAfter(java.time.Instant.now())) {
      err.printf(
          "The last day, %s, has not passed yet: events from the future are rejected. Choose an earlier --from or fewer --days.%n",
          end.minusDays(1));
      return 2;
    }

    try {
      if (year != null) {
        return target.send ? send(year) : write(year);
      }

      return target.send ? send(small) : write(small);
    } catch (IOException | SendFailedException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private void refuseMixtures() {
    if (scale != null && (customers != null || duplicates != null)) {
      throw new IllegalArgumentException(
          "--customers and --duplicates belong to the small company; leave them out or leave out --scale");
    }

    if (truth != null && (scale == null || !target.send)) {
      throw new IllegalArgumentException(
          "--truth goes with --scale and --send; with --out the truth stands in the folder");
    }
  }

  private int write(SampleYear year) throws IOException {
    try (NdjsonFolder folder = new NdjsonFolder(target.out, company);
        BufferedWriter out =
            Files.newBufferedWriter(target.out.resolve("truth.json"), StandardCharsets.UTF_8)) {
      report(SampleYearGenerator.generate(year, out, folder), target.out.toString());
    }

    return 0;
  }

  private int send(SampleYear year) throws IOException {
    try (KafkaEventSender sender = stack.sender();
        Writer out =
            truth == null
                ? Writer.nullWriter()
                : Files.newBufferedWriter(truth, StandardCharsets.UTF_8)) {
      KafkaTopics topics = new KafkaTopics(sender, company);
      Tally tally = SampleYearGenerator.generate(year.withPhones(stack.phones()), out, topics);
      sender.flush();
      report(tally, "Kafka");
    }

    return 0;
  }

  private void report(Tally tally, String place) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        Locale.ROOT,
        "%,d events, %,d deliveries in %s%n",
        tally.events(),
        tally.deliveries(),
        place);
    tally
        .byType()
        .forEach((type, count) -> out.printf(Locale.ROOT, "  %-30s %,12d%n", type, count));
    out.printf("astray, cancelled, merged%n");
    tally
        .disorder()
        .forEach((kind, count) -> out.printf(Locale.ROOT, "  %-30s %,12d%n", kind, count));
  }

  private int write(Config config) throws IOException {
    List<GeneratedEvent> events = Generator.events(config.withPartitions(1));
    long lines = 0;
    try (BufferedWriter out = Files.newBufferedWriter(target.out, StandardCharsets.UTF_8)) {
      for (GeneratedEvent event : events) {
        // A close is one line, however many copies it will have.
        if (isFirstCopy(event.record())) {
          out.write(NdjsonFormat.line(event.record(), event.phone()));
          out.write('\n');
          lines++;
        }
      }
    }

    spec.commandLine().getOut().printf("%s lines in %s%n", lines, target.out);
    return 0;
  }

  private int send(Config config) throws IOException {
    try (KafkaEventSender sender = stack.sender()) {
      List<GeneratedEvent> events =
          Generator.events(config.withPartitions(sender.partitions()).withPhones(stack.phones()));
      for (GeneratedEvent event : events) {
        sender.sendTo(event.topic(), event.partition(), event.record());
      }

      sender.flush();
      spec.commandLine().getOut().printf("%s events sent%n", events.size());
    }

    return 0;
  }

  private static boolean isFirstCopy(SpecificRecord event) {
    return !(event instanceof BusinessDayClosed close)
        || close.getPartition().equals(close.getPartitions().getFirst());
  }
}
