package dev.tributary.cli;

import dev.tributary.jobs.RejectedRecord;
import dev.tributary.schemas.RejectReason;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which rejected records a verb is about; all when nothing is said. */
final class RejectedFilter {

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "REASON",
      description = "Only these reasons, such as unknown_schema_id.")
  List<String> reasons = List.of();

  @Option(
      names = "--topic",
      split = ",",
      paramLabel = "TOPIC",
      description =
          "Only those rejected on these topics; rows of imported files are on the topic rejected.")
  List<String> topics = List.of();

  boolean takes(RejectedRecord record) {
    return (reasons.isEmpty() || reasons.contains(record.reason()))
        && (topics.isEmpty() || topics.contains(record.topic()));
  }

  boolean asksFor(RejectReason reason) {
    return reasons.contains(reason.wireName());
  }

  /**
   * Names a reason that does not exist, which would silently select nothing.
   *
   * @throws IllegalArgumentException with the reasons there are
   */
  void check() {
    for (String reason : reasons) {
      if (RejectReason.ofWireName(reason).isEmpty()) {
        throw new IllegalArgumentException(
            "There is no reason '%s'. Known: %s"
                .formatted(
                    reason,
                    Arrays.stream(RejectReason.values())
                        .map(RejectReason::wireName)
                        .collect(Collectors.joining(", "))));
      }
    }
  }
}
