package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.RejectedRecord;
import dev.tributary.jobs.RejectedRecords;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.schemas.RejectReason;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay-rejected",
    mixinStandardHelpOptions = true,
    description = {
      "Sends rejected records again, after a fix: their bytes as they were kept, to their topic.",
      "What would only be rejected again is not sent, and it says why; nor is what was brought back",
      "before. A record that the job can read by now counts at its new offset; at the old one it",
      "stays rejected, so the accounting of old cuts does not change.",
      "",
      "Rows that an import rejected are not here: correct them, and import their file again.",
      "After releasing a schema, restart the stack first (./tributary down, ./tributary up): the",
      "job knows the schemas it was started with.",
      "Records keep their Kafka timestamp. Those of reason far_future are only sent when named by",
      "--reason, and then judged against the time of the replay."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:everything sent was read as an event, or there was nothing to send",
      "1:something sent was rejected again, or it could not be done",
      "2:the command line is wrong"
    })
final class ReplayRejectedCommand implements Callable<Integer> {

  @Mixin private RejectedFilter filter;

  @Option(names = "--dry-run", description = "Say what would be sent, and send nothing.")
  private boolean dryRun;

  @Option(
      names = "--limit",
      defaultValue = "" + Long.MAX_VALUE,
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Send at most so many. Default: all")
  private long limit;

  @Option(
      names = "--timeout",
      defaultValue = "300",
      description =
          "Seconds to wait until what was sent is in a published cut. Default: ${DEFAULT-VALUE}")
  private long seconds;

  @Override
  public Integer call() {
    filter.check();
    Home home = Home.standard();
    StackSettings settings = StackSettings.load(home.root());
    Progress progress = new Progress(System.err);
    try (RejectedRecords lake = RejectedRecords.in(settings.catalogUri());
        KafkaEventSender sender = new KafkaEventSender(settings.kafkaBootstrap())) {
      ReplayRun run =
          new ReplayRun(
              lake,
              new Replay(Clock.systemUTC().instant(), filter.asksFor(RejectReason.FAR_FUTURE)),
              filter,
              limit);
      Cut cut = RejectedCommand.cut(lake, null);
      ReplayRun.Sent sent = run.over(cut.cut(), dryRun ? Optional.empty() : Optional.of(sender));
      if (sent.notes().isEmpty()) {
        System.out.println("Nothing is rejected as of cut " + cut.cut());
        return 0;
      }
      sent.table().lines(Table.Format.table).forEach(System.out::println);
      if (dryRun) {
        System.out.println("Nothing was sent (--dry-run)");
        return 0;
      }
      if (sent.places().isEmpty()) {
        System.out.println("Nothing was sent");
        return 0;
      }
      Cut after = awaitCut(home, progress, lake, sent.ends());
      return report(run.fates(sent, after.cut()), sent.places().size());
    }
  }

  private Cut awaitCut(Home home, Progress progress, RejectedRecords lake, Map<String, Long> ends) {
    return new Waiting(home, progress::say)
        .until(lake::newestCut, Cut::offsets, ends, Duration.ofSeconds(seconds))
        .orElseThrow();
  }

  private static int report(Map<RejectedRecord.Fate, Long> fates, int sent) {
    long brought = fates.getOrDefault(RejectedRecord.Fate.BROUGHT_BACK, 0L);
    System.out.println("Sent " + sent + ", read as events " + brought);
    if (brought == sent) {
      return 0;
    }
    System.out.println(
        "The others were rejected again; see ./tributary rejected. Does the job run with what you"
            + " corrected? If not: ./tributary down, ./tributary up, then again.");
    return 1;
  }
}
