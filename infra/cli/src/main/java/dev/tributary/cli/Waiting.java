package dev.tributary.cli;

import dev.tributary.embedded.StackSettings;
import dev.tributary.schemas.EventCatalog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/** Waits until everything that is in Kafka now is in a published cut. */
final class Waiting {

  private static final long KAFKA_SECONDS = 30;

  private final Home home;
  private final Consumer<String> progress;

  Waiting(Home home, Consumer<String> progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * Returns the first cut seen that holds everything.
   *
   * @return empty when Kafka holds nothing and there is no cut
   * @throws IllegalStateException when the job has failed, or it takes longer than {@code patience}
   */
  Optional<Lake.Cut> untilPublished(StackSettings settings, Lake lake, Duration patience) {
    return until(lake::newestCut, Lake.Cut::offsets, endOffsets(settings), patience);
  }

  /**
   * Returns the first cut seen that reaches all of {@code wanted}.
   *
   * @param newest asked for the newest cut again and again
   * @param offsets the offsets a cut has read up to
   * @throws IllegalStateException as above
   */
  <C> Optional<C> until(
      Supplier<Optional<C>> newest,
      Function<C, Map<String, Long>> offsets,
      Map<String, Long> wanted,
      Duration patience) {
    long until = System.nanoTime() + patience.toNanos();
    long lastMissing = -1;
    long checked = 0;
    JobWatch job = new JobWatch(home.stackLog(), progress);
    while (true) {
      Optional<C> found = newest.get();
      long missing = missing(wanted, found.map(offsets).orElse(Map.of()));
      if (missing == 0) {
        return found;
      }
      if (missing != lastMissing) {
        progress.accept(missing + " records to go");
        if (missing < lastMissing) {
          job.gotFurther();
        }
        lastMissing = missing;
      }
      if (checked++ % 5 == 0) {
        job.look(Control.ask(home, "/status", Map.of()));
      }
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            missing
                + " records were not in a published cut after "
                + patience.toSeconds()
                + " s. Look at ./tributary status and "
                + home.stackLog());
      }
      pause();
    }
  }

  /** Records that {@code published} does not hold yet. */
  static long missing(Map<String, Long> wanted, Map<String, Long> published) {
    return wanted.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - published.getOrDefault(end.getKey(), 0L)))
        .sum();
  }

  private static Map<String, Long> endOffsets(StackSettings settings) {
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, settings.kafkaBootstrap()))) {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      for (TopicDescription topic :
          admin
              .describeTopics(EventCatalog.load().topics())
              .allTopicNames()
              .get(KAFKA_SECONDS, TimeUnit.SECONDS)
              .values()) {
        topic
            .partitions()
            .forEach(
                partition ->
                    asked.put(
                        new TopicPartition(topic.name(), partition.partition()),
                        OffsetSpec.latest()));
      }
      Map<String, Long> ends = new HashMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get(KAFKA_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition.toString(), end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "Kafka at " + settings.kafkaBootstrap() + " does not say where its topics end: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking Kafka", e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for a cut", e);
    }
  }
}
