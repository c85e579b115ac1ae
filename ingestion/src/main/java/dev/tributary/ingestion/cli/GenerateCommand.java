package dev.tributary.ingestion.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.SendFailedException;
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
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code generate}: the sample year as NDJSON or straight to Kafka. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Make up a company's year, see docs/sample-year.md. Same options, same bytes.",
      "Files are written by month of arrival, with the truth about it."
    })
public final class GenerateCommand implements Callable<Integer> {

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--scale",
      paramLabel = "N",
      defaultValue = "0.1",
      description = "1 is 20,000 customers and over a million events. Default: ${DEFAULT-VALUE}")
  private double scale;

  @Option(names = "--days", defaultValue = "365", description = "Default: ${DEFAULT-VALUE}")
  private int days;

  @Option(
      names = "--from",
      paramLabel = "DATE",
      defaultValue = "2025-01-01",
      description = "First day. Default: ${DEFAULT-VALUE}")
  private LocalDate from;

  @Option(names = "--company", defaultValue = "meridian", description = "Default: ${DEFAULT-VALUE}")
  private String company;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "Where the truth goes when the year is sent.")
  private Path truth;

  @ArgGroup(multiplicity = "1")
  private Target target;

  @Mixin private StackOptions stack;

  @Spec private CommandSpec spec;

  /** Where the events go. */
  private static final class Target {
    @Option(
        names = "--out",
        paramLabel = "DIR",
        description = "Write NDJSON, as import reads it, into a folder.")
    private Path out;

    @Option(names = "--send", description = "Send to Kafka.")
    private boolean send;
  }

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SampleYear year;
    try {
      if (truth != null && !target.send) {
        throw new IllegalArgumentException(
            "--truth goes with --send; with --out the truth stands in the folder");
      }

      year = SampleYear.of(seed, scale).during(from, days).withCompany(company);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }

    if (year.end().atStartOfDay(SampleYear.ZONE).toInstant().isAfter(Instant.now())) {
      err.printf(
          "The last day, %s, has not passed yet: events from the future are rejected. Choose an earlier --from or fewer --days.%n",
          year.end().minusDays(1));
      return 2;
    }

    try {
      return target.send ? send(year) : write(year);
    } catch (IOException | SendFailedException e) {
      err.println(e.getMessage());
      return 2;
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
      Tally tally =
          SampleYearGenerator.generate(
              year.withPhones(stack.phones()), out, new KafkaTopics(sender, year));
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
    out.printf("%-32s %12s %10s %10s%n", "astray, per thousand", "", "stated", "measured");
    tally.disorder().forEach((kind, count) -> disorder(out, kind, count, tally.stated().get(kind)));
  }

  private static void disorder(PrintWriter out, String kind, long count, Tally.Stated stated) {
    if (stated == null) {
      out.printf(Locale.ROOT, "  %-30s %,12d%n", kind, count);
    } else {
      out.printf(
          Locale.ROOT,
          "  %-30s %,12d %10d %10.1f   of %,d%n",
          kind,
          count,
          stated.permille(),
          count * 1000.0 / stated.of(),
          stated.of());
    }
  }
}
