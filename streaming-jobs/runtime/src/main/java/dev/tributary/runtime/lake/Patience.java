package dev.tributary.runtime.lake;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.RESTException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a catalog or a file store again until it answers or the time is up.
 *
 * <p>Whoever uses it must bear that an attempt which seemed to fail has succeeded.
 */
final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 3_000;

  private final Duration duration;

  Patience(Duration duration) {
    this.duration = duration;
  }

  <T> T get(String what, Supplier<T> attempt) throws InterruptedException {
    long deadline = System.nanoTime() + duration.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return attempt.get();
      } catch (CommitFailedException
          | CommitStateUnknownException
          | RESTException
          | UncheckedIOException e) {
        // A dropped connection is a RESTException, a full disk an UncheckedIOException.
        if (System.nanoTime() + pause * 1_000_000 > deadline) {
          throw e;
        }
        LOG.warn("Could not {}; trying again in {} ms", what, pause, e);
      }
      Thread.sleep(pause + ThreadLocalRandom.current().nextLong(pause));
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  /** The same where an interruption cannot be passed on. */
  <T> T load(String what, Supplier<T> attempt) {
    try {
      return get(what, attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trying to " + what, e);
    }
  }
}
