package dev.tributary.domain.credit;

import org.junit.jupiter.api.Test;

class CreditHistoryTest {

  @Test
  void everyHistoryEqualsTheReference() {
    Long chosen = Long.getLong("tributary.seed");
    for (long seed = chosen == null ? 1 : chosen; seed <= (chosen == null ? 200 : chosen); seed++) {
      CreditChecks.run(seed, seed % 5 == 0 ? 70 : 25);
    }
  }
}
