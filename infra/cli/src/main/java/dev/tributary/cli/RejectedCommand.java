package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import dev.tributary.jobs.RejectedRecord;
import dev.tributary.jobs.RejectedRecord.Fate;
import dev.tributary.jobs.RejectedRecords;
import dev.tributary.runtime.lake.Cut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "rejected",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the records that could not become events: how many for which reason, what to do about",
      "it, and the newest ones. As of the newest cut unless another is named. A record stays",
      "rejected at its place; when replay-rejected has brought it back, its fate says so."
    })
final class RejectedCommand implements Runnable {

  private static final Comparator<RejectedRecord> OLDEST_FIRST =
      Comparator.comparing(RejectedRecord::arrivedAt)
          .thenComparing(RejectedRecord::topic)
          .thenComparingInt(RejectedRecord::partition)
          .thenComparingLong(RejectedRecord::offset);

  @Mixin private RejectedFilter filter;

  @Option(names = "--cut", description = "The cut's number. Default: the newest")
  private Long number;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "How many of the newest to show. Default: ${DEFAULT-VALUE}")
  private int limit;

  @Option(
      names = "--format",
      defaultValue = "table",
      description =
          "${COMPLETION-CANDIDATES}; csv and json give the records only. Default: ${DEFAULT-VALUE}")
  private Table.Format format;

  @Override
  public void run() {
    filter.check();
    try (RejectedRecords lake =
        RejectedRecords.in(StackSettings.load(Home.standard().root()).catalogUri())) {
      Cut cut = cut(lake, number);
      Map<String, Map<Fate, Long>> counts = new TreeMap<>();
      PriorityQueue<RejectedRecord> newest = new PriorityQueue<>(OLDEST_FIRST);
      lake.forEach(
          cut.cut(),
          false,
          record -> {
            if (filter.takes(record)) {
              counts
                  .computeIfAbsent(record.reason(), reason -> new EnumMap<>(Fate.class))
                  .merge(record.fate(), 1L, Long::sum);
              newest.add(record);
              if (newest.size() > limit) {
                newest.remove();
              }
            }
          });
      if (format == Table.Format.table) {
        System.out.println("Rejected as of cut " + cut.cut() + ":");
        totals(counts).lines(format).forEach(System.out::println);
        System.out.println();
      }
      List<RejectedRecord> shown = new ArrayList<>(newest);
      shown.sort(OLDEST_FIRST.reversed());
      records(shown).lines(format).forEach(System.out::println);
    }
  }

  /** The cut of this number, or the newest. */
  static Cut cut(RejectedRecords lake, Long number) {
    return (number == null ? lake.newestCut() : lake.find(number))
        .orElseThrow(
            () ->
                new IllegalStateException(
                    number == null
                        ? "There is no cut yet; import events first"
                        : "There is no cut "
                            + number
                            + "; see those there are with: ./tributary cut list"));
  }

  static Table totals(Map<String, Map<Fate, Long>> counts) {
    List<List<String>> rows = new ArrayList<>();
    counts.forEach(
        (reason, fates) -> {
          List<String> row = new ArrayList<>();
          row.add(reason);
          row.add(Long.toString(fates.values().stream().mapToLong(Long::longValue).sum()));
          Arrays.stream(Fate.values())
              .map(fate -> Long.toString(fates.getOrDefault(fate, 0L)))
              .forEach(row::add);
          row.add(Remedies.of(reason));
          rows.add(row);
        });
    return new Table(
        List.of("reason", "records", "open", "rejected_again", "brought_back", "what_to_do"), rows);
  }

  static Table records(List<RejectedRecord> records) {
    return new Table(
        List.of(
            "reason",
            "topic",
            "partition",
            "offset",
            "arrived_at",
            "fate",
            "file",
            "line",
            "field",
            "message"),
        records.stream().map(RejectedCommand::row).toList());
  }

  private static List<String> row(RejectedRecord record) {
    return Arrays.asList(
        record.reason(),
        record.topic(),
        Integer.toString(record.partition()),
        Long.toString(record.offset()),
        record.arrivedAt().toString(),
        record.isImportedRow() && record.fate() == Fate.OPEN
            ? "import_again"
            : record.fate().name().toLowerCase(Locale.ROOT),
        record.sourceFile(),
        record.sourceLine() == null ? null : Long.toString(record.sourceLine()),
        record.field(),
        record.message());
  }
}
