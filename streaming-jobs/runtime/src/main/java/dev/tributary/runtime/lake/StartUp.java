package dev.tributary.runtime.lake;

import java.util.Optional;

/**
 * Decides, before anything is read or written, whether a job may go on from its restored state.
 *
 * <table>
 * <caption>Restored state against the head, the newest live cut</caption>
 * <tr><td>equal</td><td>goes on</td></tr>
 * <tr><td>ahead</td><td>goes on once the pending cut is published, unless it is lost</td></tr>
 * <tr><td>behind</td><td>forks there: what came after is off the new epoch's timeline</td></tr>
 * <tr><td>empty, the ledger is not</td><td>refused, unless rebuild or what-if</td></tr>
 * <tr><td>of another fingerprint</td><td>refused</td></tr>
 * </table>
 */
final class StartUp {

  private final CutSettings settings;
  private final CutLog log;
  private final Optional<Cut> head;

  private StartUp(CutSettings settings, CutLog log) {
    this.settings = settings;
    this.log = log;
    this.head = log.head();
  }

  /**
   * The chain that the job continues or begins.
   *
   * @throws CutRefusedException when it must not
   */
  static CutChain begin(Optional<CutChain> restored, CutSettings settings, CutLog log) {
    StartUp startUp = new StartUp(settings, log);
    if (restored.isEmpty()) {
      return startUp.withoutState();
    }

    startUp.refuseOtherFingerprint(restored.get());
    return restored.get().epoch() == settings.epoch()
        ? startUp.afterFailover(restored.get())
        : startUp.asNewEpoch(restored.get());
  }

  private CutChain withoutState() {
    refuseUsedEpoch();
    return switch (settings.mode()) {
      case LIVE -> {
        refuseFilledLedger();
        yield chain(0, 0, 0, new CutFacts());
      }
      case REBUILD, WHAT_IF -> {
        CutFacts facts = new CutFacts();
        if (settings.startedFrom() != 0) {
          facts = CutFacts.readingFrom(replayedCut().offsets());
        }
        yield chain(0, settings.startedFrom(), 0, facts);
      }
    };
  }

  private Cut replayedCut() {
    long startedFrom = settings.startedFrom();
    refuseEpochNotAbove(startedFrom);
    return log.find(startedFrom)
        .filter(Cut::isLive)
        .orElseThrow(
            () ->
                new CutRefusedException(
                    "a %s starts from a live cut, but cut %d is not one; start it from %s",
                    settings.mode(),
                    startedFrom,
                    head.map(cut -> "the newest, " + cut.cut()).orElse("0")));
  }

  /** Flink restarted the job inside its submission. */
  private CutChain afterFailover(CutChain restored) {
    long parent = restored.parent();
    long epoch = settings.epoch();
    if (CutSettings.epochOf(parent) != epoch) {
      return restored; // Nothing of this epoch can have been published.
    }

    if (log.childrenOf(parent, parent).stream().anyMatch(cut -> cut.epoch() == epoch)) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "epoch %d has gone on after cut %d, where the restored state stands; submit the "
              + "job with epoch %d to fork there",
          epoch,
          parent,
          log.newestEpoch() + 1);
    }
    boolean wasLive = log.find(parent).map(Cut::isLive).orElse(false);
    if (wasLive && head.get().epoch() != epoch) {
      throw new CutRefusedException(
          CutRefusedException.Kind.TAKEN_OVER,
          "epoch %d has taken over from epoch %d; stop this job",
          head.get().epoch(),
          epoch);
    }
    return restored;
  }

  private CutChain asNewEpoch(CutChain restored) {
    refuseUsedEpoch();
    refuseEpochNotAbove(restored.parent());
    refuseOtherMode(restored);
    if (restored.parent() == 0) {
      if (settings.mode() == CutMode.LIVE) {
        refuseFilledLedger();
      }
      return chain(0, restored.rawBase(), restored.ledgerBase(), restored.facts());
    }

    Optional<Cut> parent = log.find(restored.parent());
    if (settings.mode() == CutMode.LIVE && parent.isPresent() && !parent.get().isLive()) {
      throw new CutRefusedException(
          "the restored state belongs to an unfinished %s, which stands at cut %d; resume "
              + "it as such",
          restored.mode(), restored.parent());
    }
    return chain(restored.parent(), restored.parent(), restored.parent(), restored.facts());
  }

  private CutChain chain(long parent, long rawBase, long ledgerBase, CutFacts facts) {
    return new CutChain(
        settings.epoch(),
        settings.mode(),
        settings.fingerprint(),
        parent,
        rawBase,
        ledgerBase,
        facts);
  }

  private void refuseOtherFingerprint(CutChain restored) {
    if (!restored.fingerprint().equals(settings.fingerprint())) {
      throw new CutRefusedException(
          "the restored state was computed under policies and fold versions %s, this job "
              + "has %s; bring those back, or start a rebuild without the state",
          restored.fingerprint(), settings.fingerprint());
    }
  }

  private void refuseOtherMode(CutChain restored) {
    boolean continues =
        switch (settings.mode()) {
          case LIVE -> restored.mode() != CutMode.WHAT_IF;
          case REBUILD -> restored.mode() == CutMode.REBUILD;
          case WHAT_IF -> restored.mode() == CutMode.WHAT_IF;
        };
    if (!continues) {
      throw new CutRefusedException(
          "the restored state belongs to a %s job and cannot go on as %s; a rebuild or a "
              + "what-if starts without state",
          restored.mode(), settings.mode());
    }
  }

  private void refuseFilledLedger() {
    if (head.isPresent()) {
      throw new CutRefusedException(
          "the job has no state, but the ledger is filled up to cut %d; restore the state "
              + "of that cut, or start a rebuild",
          head.get().cut());
    }
  }

  private void refuseUsedEpoch() {
    if (log.hasSeen(settings.epoch())) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "epoch %d has been used by another submission; submit the job with epoch %d",
          settings.epoch(),
          log.newestEpoch() + 1);
    }
    if (settings.mode() == CutMode.LIVE
        && head.isPresent()
        && head.get().epoch() > settings.epoch()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "epoch %d is live, which is newer than epoch %d; submit the job with epoch %d",
          head.get().epoch(),
          settings.epoch(),
          log.newestEpoch() + 1);
    }
  }

  /** Ranges of cuts are told apart by their numbers, so an epoch stands on lower ones only. */
  private void refuseEpochNotAbove(long base) {
    if (CutSettings.epochOf(base) >= settings.epoch()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "epoch %d cannot stand on cut %d of a newer epoch; submit the job with epoch %d",
          settings.epoch(),
          base,
          log.newestEpoch() + 1);
    }
  }
}
