package dev.tributary.domain.receivables;

import org.junit.jupiter.api.Test;

class ReceivablesHistoryTest {

  @Test
  void everyHistoryBalancesAndEqualsTheReference() {
    ReceivablesChecks.run();
  }

  @Test
  void soDoesALongOne() {
    ReceivablesChecks.run(2026, 2_000);
  }
}
