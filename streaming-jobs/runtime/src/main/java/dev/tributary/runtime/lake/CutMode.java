package dev.tributary.runtime.lake;

/** How a chain of cuts stands to the one that people read. */
public enum CutMode {
  /** The chain that people read; its job holds the claim. */
  LIVE,
  /** Grows beside the live chain and takes its place once it has caught up. */
  REBUILD,
  /** Grows beside the live chain and never takes its place. */
  WHAT_IF
}
