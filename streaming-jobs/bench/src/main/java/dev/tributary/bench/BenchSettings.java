package dev.tributary.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a benchmark is made of.
 *
 * @param events records in the stream, repetitions included
 * @param rounds rounds that count; 0 leaves them out
 * @param warmUps rounds before them that do not
 * @param subjectEvents events of the phase that compares one subject with many; 0 leaves it out
 * @param touches of the phase that measures attribution by itself; 0 leaves it out
 * @param liveSeconds length of the live phase; 0 leaves it out
 * @param liveRate records a second in the live phase
 * @param checkpointInterval of every contender in the rounds
 * @param stateBackend of the job; the floor and Flink SQL keep theirs on the heap
 * @param floorTolerance how far the floor's rounds may lie apart, as a share of their median
 */
record BenchSettings(
    long events,
    int rounds,
    int warmUps,
    long seed,
    Path directory,
    int parallelism,
    Duration checkpointInterval,
    String stateBackend,
    long subjectEvents,
    long touches,
    int liveSeconds,
    int liveRate,
    double floorTolerance) {

  BenchSettings {
    if (events < 1_000) {
      throw new IllegalArgumentException(
          "%s events are too few: give at least 1000".formatted(events));
    }

    if (rounds < 0) {
      throw new IllegalArgumentException("%s rounds: give 0 or more".formatted(rounds));
    }
  }
}
