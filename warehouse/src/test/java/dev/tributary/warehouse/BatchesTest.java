package dev.tributary.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

  private final List<List<Integer>> done = new ArrayList<>();

  @Test
  void everythingIsDoneOnceInItsOrder() {
    Batches.of(upTo(5), 2, done::add);

    assertThat(done).containsExactly(List.of(0, 1), List.of(2, 3), List.of(4));
  }

  @Test
  void whatIsTooMuchIsDoneInSmallerBatches() {
    Batches.of(upTo(20), 16, batch -> workOn(batch, 5));

    assertThat(done.stream().flatMap(List::stream)).containsExactlyElementsOf(upTo(20));
    assertThat(done).hasSize(5);
  }

  @Test
  void oneThatIsTooMuchAloneIsSaid() {
    assertThatThrownBy(() -> Batches.of(upTo(3), 16, batch -> workOn(batch, 0)))
        .isInstanceOf(Sql.TooMuchException.class);
    assertThat(done).isEmpty();
  }

  private void workOn(List<Integer> batch, int most) {
    if (batch.size() > most) {
      throw new Sql.TooMuchException("memory limit", new SQLException());
    }
    done.add(batch);
  }

  private static List<Integer> upTo(int end) {
    return IntStream.range(0, end).boxed().toList();
  }
}
