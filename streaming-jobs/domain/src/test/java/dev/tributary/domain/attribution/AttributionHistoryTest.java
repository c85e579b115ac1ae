package dev.tributary.domain.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.domain.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class AttributionHistoryTest {

  private static final int LENGTH = 700;
  private static final List<Long> LONG = List.of(1L, 15L, 20L);

  @Test
  void everyHistoryEqualsTheReference() {
    Long chosen = Long.getLong("tributary.seed");
    for (long seed = chosen == null ? 1 : chosen; seed <= (chosen == null ? 150 : chosen); seed++) {
      AttributionChecks.run(seed, seed % 5 == 0 ? 120 : 40);
    }
  }

  @Test
  void soDoesOneOfHundredsOfTouches() {
    for (long seed : LONG) {
      AttributionChecks.run(seed, LENGTH);
    }
  }

  @Test
  void historiesAreAsUnrulyAsTheyHaveToBe() {
    AttributionFold fold = new AttributionFold(RandomAttribution.POLICY);
    int longest = 0;
    int steps = 0;
    int repeated = 0;
    int ties = 0;
    long lost = 0;
    for (long seed : LONG) {
      SortedMap<Place, AttributionEvent> events = RandomAttribution.of(seed, LENGTH);
      List<AttributionLine> lines = new ArrayList<>();
      AttributionState state = fold.start();
      for (Map.Entry<Place, AttributionEvent> entry : events.entrySet()) {
        state = fold.step(state, entry.getKey(), entry.getValue(), lines::add);
      }
      for (Map.Entry<PathAddress, PathMeasures> entry :
          Paths.of(lines, Touch::channel).entrySet()) {
        List<String> path = entry.getKey().path();
        longest = Math.max(longest, path.size());
        for (int i = 1; i < path.size(); i++) {
          steps++;
          repeated += path.get(i).equals(path.get(i - 1)) ? 1 : 0;
        }
        lost += entry.getValue().lost();
      }
      ties +=
          events.size() - (int) events.keySet().stream().map(Place::occurredAt).distinct().count();
    }

    assertThat(longest).as("touches of the longest journey").isGreaterThanOrEqualTo(500);
    assertThat(repeated)
        .as("steps to the same channel, of %d", steps)
        .isGreaterThan(steps * 15 / 100);
    assertThat(ties).as("events at the instant of others").isGreaterThan(400);
    assertThat(lost).as("journeys that did not convert").isGreaterThan(100);
  }
}
