package dev.tributary.warehouse;

import java.util.List;
import java.util.function.Consumer;

/** Work in batches, smaller ones from the moment when one was too much for Trino's memory. */
final class Batches {

  private static final int SHRINKS_TO_A = 4;

  private Batches() {}

  /**
   * Does the work on all of a list, in its order.
   *
   * @param size of a batch at first
   * @throws Sql.TooMuchException when a batch of one is too much
   */
  static <T> void of(List<T> all, int size, Consumer<List<T>> work) {
    int most = size;
    int from = 0;
    while (from < all.size()) {
      List<T> batch = all.subList(from, Math.min(all.size(), from + most));
      try {
        work.accept(batch);
        from += batch.size();
      } catch (Sql.TooMuchException e) {
        if (batch.size() == 1) {
          throw e;
        }
        most = Math.max(1, batch.size() / SHRINKS_TO_A);
      }
    }
  }
}
