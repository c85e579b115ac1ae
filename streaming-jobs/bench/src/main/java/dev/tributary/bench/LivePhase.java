package dev.tributary.bench;

import dev.tributary.bench.Commits.Commit;
import dev.tributary.jobs.RunningJob;
import dev.tributary.runtime.lake.Cut;
import dev.tributary.runtime.lake.CutReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A live job and a producer at a steady, modest rate: how long until an event can be read, and how
 * long publishing takes.
 */
final class LivePhase {

  private static final Duration CUT_EVERY = Duration.ofSeconds(2);
  private static final long NANOS = 1_000_000_000L;

  /**
   * What was measured, in seconds.
   *
   * @param visible from an event's Kafka timestamp to the commit of the cut that holds it
   * @param commits how long each cut of the phase took to publish
   */
  record Latency(List<Double> visible, List<Double> commits) {}

  private record Sent(String partition, long offset, Instant at) {
    static Sent of(RecordMetadata metadata) {
      return new Sent(
          metadata.topic() + "-" + metadata.partition(),
          metadata.offset(),
          Instant.ofEpochMilli(metadata.timestamp()));
    }
  }

  private LivePhase() {}

  /** Lets a job read a history of some records first, and then sends and measures. */
  static Latency measure(Path dir, BenchSettings settings) throws InterruptedException {
    long history = settings.events() / 10;
    long live = (long) settings.liveSeconds() * settings.liveRate();
    EventStream stream = new EventStream(settings.seed() + 1, history + live);
    Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    try (Broker broker = Broker.start(dir.resolve("live-kafka"));
        Lake lake = Lake.create(dir.resolve("live"))) {
      for (long place = 0; place < history; place++) {
        broker.send(stream.at(place));
      }
      broker.flush();
      try (RunningJob job =
              OurJob.start(
                  broker, lake, settings.parallelism(), CUT_EVERY, settings.stateBackend());
          Commits commits = Commits.listen()) {
        OurJob.awaitCut(job, lake, broker.ends());
        Instant begun = Instant.now();
        send(broker, stream, history, settings.liveRate(), sent);
        OurJob.awaitCut(job, lake, broker.ends());
        Map<Long, Commit> published = commits.stop();
        List<Cut> cuts = new CutReader(lake.catalog()).live();
        return new Latency(
            sent.stream().map(each -> seconds(each, cuts, published)).toList(),
            published.values().stream()
                .filter(commit -> commit.visibleAt().isAfter(begun))
                .map(commit -> seconds(commit.took()))
                .toList());
      }
    }
  }

  private static void send(
      Broker broker, EventStream stream, long from, long rate, Queue<Sent> sent)
      throws InterruptedException {
    long begun = System.nanoTime();
    for (long place = from; place < stream.records(); place++) {
      long due = begun + (place - from) * NANOS / rate;
      long wait = due - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
      broker.send(stream.at(place), (metadata, e) -> sent.add(Sent.of(metadata)));
    }
    broker.flush();
  }

  private static double seconds(Sent sent, List<Cut> cuts, Map<Long, Commit> published) {
    Cut first =
        cuts.stream()
            .filter(cut -> cut.offsets().getOrDefault(sent.partition(), 0L) > sent.offset())
            .findFirst()
            .orElseThrow();
    Instant visible =
        Stream.ofNullable(published.get(first.cut()))
            .map(Commit::visibleAt)
            .findFirst()
            .orElse(first.publishedAt());
    return seconds(Duration.between(sent.at(), visible));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / (double) NANOS;
  }
}
