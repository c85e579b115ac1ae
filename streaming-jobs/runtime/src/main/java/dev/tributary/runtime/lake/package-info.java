/**
 * Writes all tables of the lake in one sink and publishes each checkpoint as a cut.
 *
 * <pre>
 * rows ─ LakeWriter ─ CutAggregator (1) ─ CutCommitter (1): timeline, tables, row of ops.cuts
 * </pre>
 *
 * <p>A cut exists from the moment its row is in {@code ops.cuts}. Everything before that can be
 * repeated or abandoned without a reader noticing, because a reading at a cut uses the ranges of
 * the timeline and nothing else.
 *
 * <h2>Hazards</h2>
 *
 * <ul>
 *   <li><b>A row's stamp is at most the cut that publishes it, and above the cut before.</b> An
 *       aborted checkpoint or a last flush moves rows to a later cut. Reading with {@code cut = x}
 *       tears; read {@code from < cut <= to}. An operator that stamps outside these bounds is
 *       refused by the aggregator.
 *   <li><b>A new submission needs a new epoch</b> ({@link
 *       dev.tributary.runtime.lake.CutReader#nextEpoch()}). Checkpoint ids repeat after a restore;
 *       only the epoch tells their cuts apart. An epoch that has left a trace is refused.
 *   <li><b>A failed commit may have succeeded.</b> Each attempt looks for the cut among the table's
 *       snapshots, and again in the validator, on the metadata the commit is based on. The
 *       validator leaves with an exception of its own: Iceberg takes its ValidationException for a
 *       certain failure and deletes the manifests of the snapshot that is there. For the same
 *       reason commits are given nothing to delete with; leftovers are orphan files.
 *   <li><b>Claims fence, epochs do not.</b> The highest claim number on {@code ops.cuts} owns the
 *       live chain. A job looks where it stands before it claims, and claims only if nothing was
 *       published since, or two jobs would stop each other. A rebuild claims when it has replayed
 *       everything and has reached every offset of the head; a what-if never does.
 *   <li><b>The timeline of an epoch is recorded before its first rows</b>, so that an epoch whose
 *       job died early is never given out again with its stray rows inside the new one's range.
 *   <li><b>Rows of cuts that were never published stay in the tables</b>, outside every range.
 *       Counting a table without ranges counts them.
 *   <li><b>A job killed between checkpoint and commit</b> leaves a pending cut in the checkpoint.
 *       Its successor publishes it under the old epoch's number before its own first cut.
 *   <li><b>Set {@code classloader.check-leaked-classloader: false}.</b> Threads that Iceberg shares
 *       in a process keep the class loader of the job that made them; once that job has ended, the
 *       check fails every later job that plans a scan on them.
 *   <li><b>Removing a table from the job</b> while a pending cut has rows for it is refused.
 * </ul>
 *
 * <h2>Upkeep beside the writer</h2>
 *
 * <p>Expiry may take any snapshot but the newest. What the sink reads back from summaries has a
 * second source: the head is found in the rows of {@code ops.cuts}; whether a cut was added to a
 * table whose older snapshots are gone is found by its files. That last look-up fails only if both
 * happen between a table's commit and the job's next attempt: the snapshot expires <i>and</i> its
 * files are compacted away. So keep snapshots for longer than a job may be down with a cut pending
 * (a day), and do not compact files younger than that while it is down. Claims are repeated with
 * each live cut, so the newest is as young as the newest cut; keep at least two snapshots per table
 * where rebuilds or what-ifs write beside the live job. Orphan removal must spare files younger
 * than the longest checkpoint plus {@code CutSettings.patience}: a pending cut's files are in no
 * snapshot yet.
 */
package dev.tributary.runtime.lake;
