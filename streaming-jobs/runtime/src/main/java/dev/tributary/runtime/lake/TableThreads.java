package dev.tributary.runtime.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on several tables at a time: a commit waits for the catalog far more than it computes. */
final class TableThreads implements AutoCloseable {

  private static final int THREADS = 4;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("commit-", 0).factory());

  /** What is done for one table. */
  interface Work<T, R> {
    R on(T table) throws InterruptedException;
  }

  /** Works on each and returns the results in order; when one fails, the others are let finish. */
  <T, R> List<R> each(Collection<T> tables, Work<T, R> work) throws InterruptedException {
    List<Future<R>> futures = new ArrayList<>();
    for (T table : tables) {
      futures.add(threads.submit(() -> work.on(table)));
    }
    List<R> results = new ArrayList<>();
    RuntimeException failure = null;
    try {
      for (Future<R> future : futures) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          failure = worseOf(failure, asRuntimeException(e.getCause()));
        }
      }
    } finally {
      // Reached early only when the task is cancelled: nothing may be committed after it has gone.
      futures.forEach(future -> future.cancel(true));
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  /** A refusal stops the job for good and must not hide behind a failure that does not. */
  private static RuntimeException worseOf(RuntimeException one, RuntimeException other) {
    return one == null || other instanceof CutRefusedException ? other : one;
  }

  private static RuntimeException asRuntimeException(Throwable cause) {
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
