package dev.tributary.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jfr.consumer.RecordingStream;

/** Listens to the flight recorder for cuts that the job publishes. */
final class Commits implements AutoCloseable {

  private static final String EVENT = "dev.tributary.CutPublished";

  /**
   * One published cut.
   *
   * @param took from the first look at the catalog to the row of {@code ops.cuts}
   * @param visibleAt when that row was committed
   */
  record Commit(Duration took, Instant visibleAt) {}

  private final RecordingStream stream = new RecordingStream();
  private final Map<Long, Commit> byCut = new ConcurrentHashMap<>();

  private Commits() {}

  static Commits listen() {
    Commits commits = new Commits();
    commits.stream.enable(EVENT).withoutThreshold().withoutStackTrace();
    commits.stream.onEvent(
        EVENT,
        event ->
            commits.byCut.put(
                event.getLong("cut"), new Commit(event.getDuration(), event.getEndTime())));
    commits.stream.startAsync();
    return commits;
  }

  /** Ends listening and says what was heard, by cut. */
  Map<Long, Commit> stop() {
    stream.stop();
    return Map.copyOf(byCut);
  }

  @Override
  public void close() {
    stream.close();
  }
}
