package dev.tributary.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.jobs.RejectedRecord.Fate;
import dev.tributary.jobs.RejectedRecords;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends the rejected records of a cut again, as {@link Replay} decides. */
final class ReplayRun {

  private final RejectedRecords lake;
  private final Replay replay;
  private final RejectedFilter filter;
  private final long limit;

  ReplayRun(RejectedRecords lake, Replay replay, RejectedFilter filter, long limit) {
    this.lake = lake;
    this.replay = replay;
    this.filter = filter;
    this.limit = limit;
  }

  /**
   * What was done.
   *
   * @param notes what became of how many, by reason and topic
   * @param places where the records that were sent had been rejected
   * @param ends the offset after the last record sent, by {@code topic-partition}
   */
  record Sent(Map<List<String>, Long> notes, Set<String> places, Map<String, Long> ends) {

    Table table() {
      List<List<String>> rows = new ArrayList<>();
      notes.forEach(
          (key, count) ->
              rows.add(List.of(key.get(0), key.get(1), Long.toString(count), key.get(2))));
      return new Table(List.of("reason", "topic", "records", "what"), rows);
    }
  }

  /** Goes through the rejected records of a cut; without a sender it only says what it would do. */
  Sent over(long cut, Optional<KafkaEventSender> sender) {
    Map<List<String>, Long> notes =
        new TreeMap<>((one, other) -> String.join("|", one).compareTo(String.join("|", other)));
    Set<String> places = new HashSet<>();
    List<CompletableFuture<RecordMetadata>> acknowledged = new ArrayList<>();
    lake.forEach(
        cut,
        true,
        record -> {
          if (!filter.takes(record)) {
            return;
          }
          String note =
              switch (replay.decide(record)) {
                case Replay.Decision.Leave leave -> leave.note();
                case Replay.Decision.Send send when places.size() >= limit ->
                    "left for later (--limit)";
                case Replay.Decision.Send send -> {
                  places.add(record.place());
                  sender.ifPresent(to -> acknowledged.add(to.sendRecord(send.record())));
                  yield sender.isPresent() ? send.note() : "would be " + send.note();
                }
              };
          notes.merge(List.of(record.reason(), record.topic(), note), 1L, Long::sum);
        });
    sender.ifPresent(KafkaEventSender::flush);
    Map<String, Long> ends = new HashMap<>();
    for (CompletableFuture<RecordMetadata> each : acknowledged) {
      RecordMetadata at = each.join();
      ends.merge(at.topic() + "-" + at.partition(), at.offset() + 1, Math::max);
    }
    return new Sent(notes, places, ends);
  }

  /** What a reading at {@code cut} says became of the records that were sent. */
  Map<Fate, Long> fates(Sent sent, long cut) {
    Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    lake.forEach(
        cut,
        false,
        record -> {
          if (sent.places().contains(record.place())) {
            fates.merge(record.fate(), 1L, Long::sum);
          }
        });
    return fates;
  }
}
