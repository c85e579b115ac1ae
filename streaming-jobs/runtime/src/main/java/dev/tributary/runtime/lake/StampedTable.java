package dev.tributary.runtime.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotAncestryValidator;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.SnapshotUtil;

/** A table whose snapshots say which cut they added, so that no cut is added twice. */
final class StampedTable {

  private final Table table;
  private final Patience patience;

  StampedTable(Table table, Patience patience) {
    this.table = table;
    this.patience = patience;
  }

  Table table() {
    return table;
  }

  /**
   * Adds the files of a cut, unless an earlier attempt has, and returns the snapshot that has them.
   *
   * @param claim what the snapshot is made under; empty for one beside the live chain
   * @param properties for the snapshot's summary
   * @throws CutRefusedException when a newer claim than this one is on the table
   */
  long append(
      long cut, Optional<Stamp.Claim> claim, Map<String, String> properties, List<DataFile> files)
      throws InterruptedException {
    return patience.get(
        "add cut " + cut + " to " + table.name(), () -> tryAppend(cut, claim, properties, files));
  }

  private long tryAppend(
      long cut, Optional<Stamp.Claim> claim, Map<String, String> properties, List<DataFile> files) {
    Search earlier = search(SnapshotUtil.currentAncestors(table), cut);
    if (earlier.snapshot().isPresent()) {
      return earlier.snapshot().getAsLong();
    }
    if (!earlier.conclusive() && contains(files)) {
      return table.currentSnapshot().snapshotId();
    }

    AppendFiles append = table.newAppend();
    files.forEach(append::appendFile);
    properties.forEach(append::set);
    append.set(Stamp.CUT, Long.toString(cut));
    append.set(Stamp.EPOCH, Long.toString(CutSettings.epochOf(cut)));
    claim.ifPresent(held -> append.set(Stamp.CLAIM, held.toString()));
    try {
      commit(
          append,
          ancestors -> {
            claim.ifPresent(held -> refuseNewerClaim(held, ancestors));
            search(ancestors, cut)
                .snapshot()
                .ifPresent(
                    snapshot -> {
                      throw new AlreadyThere(snapshot);
                    });
            return true;
          });
    } catch (AlreadyThere e) {
      return e.snapshot;
    }
    return search(SnapshotUtil.currentAncestors(table), cut).snapshot().orElseThrow();
  }

  /** Makes this the newest claim on the table, with an empty snapshot, unless it is already. */
  void claim(Stamp.Claim claim) throws InterruptedException {
    patience.get(
        "claim " + table.name(),
        () -> {
          try {
            commit(
                table.newAppend().set(Stamp.CLAIM, claim.toString()),
                ancestors -> {
                  refuseNewerClaim(claim, ancestors);
                  Stamp.newestClaimed(ancestors)
                      .filter(newest -> Stamp.claimOf(newest).equals(Optional.of(claim)))
                      .ifPresent(
                          newest -> {
                            throw new AlreadyThere(newest.snapshotId());
                          });
                  return true;
                });
          } catch (AlreadyThere e) {
            // An earlier attempt got through.
          }
          return null;
        });
  }

  /**
   * Claims the table if nothing was added under a claim since the given snapshot; answers whether
   * it did. The caller looks again when the answer did not come through.
   *
   * @param newestSeen the newest snapshot with a claim when the caller decided; empty for none
   */
  boolean claimIfUnchanged(Stamp.Claim claim, OptionalLong newestSeen) {
    try {
      commit(
          table.newAppend().set(Stamp.CLAIM, claim.toString()),
          ancestors -> {
            Optional<Snapshot> newest = Stamp.newestClaimed(ancestors);
            OptionalLong newestNow =
                newest.isPresent()
                    ? OptionalLong.of(newest.get().snapshotId())
                    : OptionalLong.empty();
            if (!newestNow.equals(newestSeen)) {
              throw new AlreadyThere(newestNow.orElse(0));
            }
            return true;
          });
      return true;
    } catch (AlreadyThere e) {
      return false;
    }
  }

  /** The newest snapshot with a claim, as of the last refresh. */
  Optional<Snapshot> newestClaimed() {
    return Stamp.newestClaimed(SnapshotUtil.currentAncestors(table));
  }

  /** Whether a job of this epoch has ever held the claim, as far as snapshots tell. */
  boolean hasClaimOf(long epoch) {
    for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
      if (Stamp.claimOf(snapshot).map(claim -> claim.epoch() == epoch).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  private static void commit(AppendFiles append, SnapshotAncestryValidator validator) {
    // A commit that seems to fail may have succeeded: clean-up after it would delete the manifests
    // of a snapshot that exists. Manifests left over are for the removal of orphan files.
    append.deleteWith(path -> {});
    append.validateWith(validator);
    append.commit();
  }

  private void refuseNewerClaim(Stamp.Claim held, Iterable<Snapshot> ancestors) {
    Stamp.newestClaimed(ancestors)
        .flatMap(Stamp::claimOf)
        .filter(newest -> newest.number() > held.number())
        .ifPresent(
            newest -> {
              throw new CutRefusedException(
                  CutRefusedException.Kind.TAKEN_OVER,
                  "epoch %d has taken over from epoch %d on %s; stop this job",
                  newest.epoch(),
                  held.epoch(),
                  table.name());
            });
  }

  /**
   * @param conclusive whether the cut is known to be absent when no snapshot was found
   */
  private record Search(OptionalLong snapshot, boolean conclusive) {}

  /** Snapshots of other epochs are passed over: rebuilds and what-ifs write beside the live job. */
  private static Search search(Iterable<Snapshot> ancestors, long cut) {
    Snapshot oldest = null;
    for (Snapshot snapshot : ancestors) {
      oldest = snapshot;
      String stamped = snapshot.summary().get(Stamp.CUT);
      if (stamped == null) {
        continue;
      }
      long other = Long.parseLong(stamped);
      if (other == cut) {
        return new Search(OptionalLong.of(snapshot.snapshotId()), true);
      }
      if (other < cut && CutSettings.epochOf(other) == CutSettings.epochOf(cut)) {
        return new Search(OptionalLong.empty(), true);
      }
    }
    // Beyond the oldest snapshot that expiry has left, the cut may have been added.
    return new Search(OptionalLong.empty(), oldest == null || oldest.parentId() == null);
  }

  private boolean contains(List<DataFile> files) {
    if (files.isEmpty()) {
      return false;
    }
    String sought = files.get(0).location();
    try (CloseableIterable<FileScanTask> present = table.newScan().planFiles()) {
      for (FileScanTask file : present) {
        if (file.file().location().equals(sought)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the files of " + table.name(), e);
    }
  }

  /**
   * Leaves a commit from inside its validator. It must not be Iceberg's ValidationException, which
   * is taken for a commit that certainly failed and is cleaned up after.
   */
  private static final class AlreadyThere extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long snapshot;

    private AlreadyThere(long snapshot) {
      super("snapshot " + snapshot);
      this.snapshot = snapshot;
    }
  }
}
