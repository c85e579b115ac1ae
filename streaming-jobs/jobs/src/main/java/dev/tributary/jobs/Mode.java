package dev.tributary.jobs;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a submission of the job is for. */
public enum Mode {
  /** Goes on from the newest checkpoint and publishes what people read. */
  LIVE,
  /** Computes every ledger anew beside the live job and takes its place when it has caught up. */
  REBUILD,
  /** Computes every ledger anew, for comparison; never goes live. */
  WHAT_IF;

  /** As options and parameters spell it: {@code live}, {@code rebuild}, {@code what-if}. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mode that is spelt so.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Mode of(String word) {
    return Arrays.stream(values())
        .filter(mode -> mode.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "mode '%s' is not known: use %s"
                        .formatted(
                            word,
                            Arrays.stream(values())
                                .map(Mode::word)
                                .collect(Collectors.joining(", ")))));
  }
}
