package dev.tributary.runtime.source;

import dev.tributary.runtime.lake.CutRefusedException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Decides whether Kafka holds what a job is to read next. */
final class LostOffsets {

  private LostOffsets() {}

  /**
   * Refuses when records that were never read are gone, or when the log is another one than that
   * which was read, and new records would take the places of old ones.
   *
   * @param next the offset to read next, per partition
   * @param begins the first offset that Kafka still holds
   * @param ends the offset that the next record will get
   * @throws CutRefusedException when it does not hold all of it; the message says what to do
   */
  static void refuse(
      Map<TopicPartition, Long> next,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends) {
    List<String> lost = new ArrayList<>();
    next.keySet().stream()
        .sorted(Comparator.comparing(TopicPartition::toString))
        .forEach(
            partition -> {
              long offset = next.get(partition);
              if (offset < begins.get(partition)) {
                lost.add(
                    "%s from offset %s, but it begins at %s"
                        .formatted(partition, offset, begins.get(partition)));
              } else if (offset > ends.get(partition)) {
                lost.add(
                    "%s from offset %s, but it ends at %s"
                        .formatted(partition, offset, ends.get(partition)));
              }
            });
    if (!lost.isEmpty()) {
      throw new CutRefusedException(
          "Kafka no longer holds what the job is to read next: %s. Restore a later state, or start"
              + " a rebuild, which needs Kafka from the newest cut on only; where that is lost too,"
              + " restore a backup of the lake and Kafka together",
          String.join("; ", lost));
    }
  }
}
