package dev.tributary.jobs;

/** What a submission of the job is for. */
public enum Mode {
  /** Goes on from the newest checkpoint and publishes what people read. */
  LIVE,
  /** Computes every ledger anew beside the live job and takes its place when it has caught up. */
  REBUILD,
  /** Computes every ledger anew, for comparison; never goes live. */
  WHAT_IF
}
