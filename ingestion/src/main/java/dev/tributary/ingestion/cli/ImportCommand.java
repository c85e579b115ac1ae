package dev.tributary.ingestion.cli;

import dev.tributary.events.RowRejected;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.SendFailedException;
import dev.tributary.ingestion.importing.ImportHistory;
import dev.tributary.ingestion.importing.Importer;
import dev.tributary.ingestion.importing.Importer.Books;
import dev.tributary.ingestion.importing.Importer.Settings;
import dev.tributary.ingestion.importing.Importer.Summary;
import dev.tributary.ingestion.importing.MappingException;
import dev.tributary.ingestion.importing.SentResults;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code import FILE…}: files to events to Kafka. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Read files of events and send them.",
    footer = {
      "",
      "Files are NDJSON (.ndjson, .jsonl, .json), or CSV or a workbook with a header row (.csv, .xlsx, with --mapping).",
      "templates writes workbooks to fill in, with their mappings.",
      "Exit code: 0 all rows taken, 1 some rejected (the good ones are taken), 2 it could not be done."
    })
public final class ImportCommand implements Callable<Integer> {

  private static final int REJECTED_SHOWN = 100;
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(2);

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "NDJSON or CSV files, or workbooks.")
  private List<Path> files;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "YAML: from the columns of CSV or workbook to the fields of one event.")
  private Path mapping;

  @Option(names = "--company", description = "Company of rows that name none.")
  private String company;

  @Option(
      names = "--zone",
      defaultValue = "UTC",
      description = "Time zone of rows and mappings that name none. Default: ${DEFAULT-VALUE}")
  private String zone;

  @Option(names = "--currency", description = "Currency (ISO 4217) of rows that name none.")
  private String currency;

  @Option(
      names = "--phone-region",
      paramLabel = "COUNTRY",
      description = "Country (such as CN) of phone numbers without a country code.")
  private String phoneRegion;

  @Option(
      names = "--revision",
      defaultValue = "0",
      description =
          "Least revision of rows that have none. Corrected rows are recognised by themselves; raise it when their first import was not done here. Default: ${DEFAULT-VALUE}")
  private int revision;

  @Option(names = "--dry-run", description = "Send nothing; say what would be sent.")
  private boolean dryRun;

  @Option(names = "--all-or-nothing", description = "Send nothing if any row is rejected.")
  private boolean allOrNothing;

  @Option(
      names = "--close",
      description = "Afterwards, close the business days that the files cover.")
  private boolean close;

  @Mixin private StackOptions stack;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try {
      return run(err);
    } catch (IOException | UncheckedIOException | MappingException e) {
      err.println(e.getMessage());
      return 2;
    } catch (DateTimeException e) {
      err.printf("--zone %s: %s. Use an IANA name, such as Asia/Shanghai.%n", zone, e.getMessage());
      return 2;
    } catch (SendFailedException e) {
      err.println(e.getMessage());
      return 2;
    }
  }

  private int run(PrintWriter err) throws IOException, MappingException {
    Settings settings =
        new Settings(
            company, ZoneId.of(zone), currency, phoneRegion, revision, mapping, Instant.now());
    PhonePseudonym phones = stack.phones();
    if (dryRun || allOrNothing) {
      ImportHistory history = ImportHistory.read(stack.importHistory());
      Summary summary =
          Importer.run(files, settings, phones, history, new Printing(err), progress(err));
      if (dryRun || summary.rejected() > 0) {
        report(summary, dryRun ? "Dry run: nothing was sent." : "Nothing was sent.");
        return summary.rejected() > 0 ? 1 : 0;
      }
    }

    Summary summary;
    try (KafkaEventSender sender = stack.sender();
        ImportHistory history = ImportHistory.open(stack.importHistory())) {
      // With --all-or-nothing they were printed already.
      Printing printing = new Printing(err, allOrNothing ? 0 : REJECTED_SHOWN);
      summary =
          Importer.run(
              files, settings, phones, history, new Sending(sender, printing), progress(err));
      if (close) {
        closeDays(sender, summary);
      }

      sender.flush();
    }

    report(
        summary,
        summary.rejected() == 0
            ? "All of it is in Kafka."
            : "The good rows are in Kafka, the rejected ones on topic 'rejected': see ./tributary rejected. Correct the rows and import the file again; rows already taken are recognised.");
    return summary.rejected() > 0 ? 1 : 0;
  }

  private static void closeDays(KafkaEventSender sender, Summary summary) {
    Instant now = Instant.now();
    summary
        .days()
        .forEach(
            (books, days) -> {
              // A close says that the day has passed, which today has not.
              List<LocalDate> passed =
                  days.stream()
                      .filter(
                          day ->
                              !day.plusDays(1).atStartOfDay(books.zone()).toInstant().isAfter(now))
                      .toList();
              sender.closeDays(books.company(), books.zone(), passed);
            });
  }

  private void report(Summary summary, String outcome) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("accepted %s, rejected %s%n", summary.accepted(), summary.rejected());
    if (!summary.examples().isEmpty()) {
      out.printf(
          "left out %s: the template's example, unchanged, in %s. Write over it, or delete the row.%n",
          summary.examples().size(), String.join(", ", summary.examples()));
    }

    if (summary.rejected() > 0) {
      out.println(
          summary.byReason().entrySet().stream()
              .map(reason -> "  %s %s".formatted(reason.getKey().wireName(), reason.getValue()))
              .collect(Collectors.joining(System.lineSeparator())));
    }

    out.println(outcome);
    out.flush();
  }

  private static LongConsumer progress(PrintWriter err) {
    return new LongConsumer() {
      private long next = System.nanoTime() + PROGRESS_EVERY.toNanos();

      @Override
      public void accept(long rows) {
        if ((rows & 0xFF) == 0 && System.nanoTime() > next) {
          err.printf("%s rows read%n", rows);
          err.flush();
          this.next = System.nanoTime() + PROGRESS_EVERY.toNanos();
        }
      }
    };
  }

  /** Prints what is rejected; sends nothing. */
  private static final class Printing implements Importer.Results {

    private final PrintWriter err;
    private final int most;
    private long rejected;

    Printing(PrintWriter err) {
      this(err, REJECTED_SHOWN);
    }

    Printing(PrintWriter err, int most) {
      this.err = err;
      this.most = most;
    }

    @Override
    public void accepted(SpecificRecord event) {}

    @Override
    public void closed(Books books, LocalDate day) {}

    @Override
    public void rejected(RowRejected rejection) {
      rejected++;
      if (rejected <= most) {
        err.printf(
            "%s:%s: %s%s [%s]%n",
            rejection.getFile(),
            rejection.getLine(),
            rejection.getField() == null ? "" : rejection.getField() + ": ",
            rejection.getMessage(),
            rejection.getReason());
      } else if (rejected == most + 1L && most > 0) {
        err.println("Further rejected rows are not shown here.");
      }

      err.flush();
    }
  }

  /** Also sends everything. */
  private static final class Sending extends SentResults {

    private final Printing printing;

    Sending(KafkaEventSender sender, Printing printing) {
      super(sender);
      this.printing = printing;
    }

    @Override
    public void rejected(RowRejected rejection) {
      printing.rejected(rejection);
      super.rejected(rejection);
    }
  }
}
