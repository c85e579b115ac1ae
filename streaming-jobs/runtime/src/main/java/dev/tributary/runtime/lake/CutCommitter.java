package dev.tributary.runtime.lake;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.iceberg.ContentFileParser;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.flink.CatalogLoader;
import org.apache.iceberg.util.JsonUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes cuts: the tables first, a few at a time, then one row of {@code ops.cuts}, which is the
 * moment the cut exists.
 *
 * <p>Every step can be repeated, whatever became of an earlier attempt. The package's description
 * says what can go wrong and why the steps come in this order.
 */
final class CutCommitter implements Committer<CutBatch> {

  private static final Logger LOG = LoggerFactory.getLogger(CutCommitter.class);

  private final CatalogLoader loader;
  private final LakeTables declared;
  private final CutSettings settings;
  private final String owner;
  private final Patience patience;
  private final TableThreads threads = new TableThreads();

  private Catalog catalog;
  private Map<String, StampedTable> tables;
  private StampedTable cuts;
  private CutLog log;
  private Timeline timeline;

  /** Until the first cut that is certainly new: earlier ones may have been published before. */
  private boolean recovering = true;

  /** The cut that was published last. */
  private Optional<Cut> last = Optional.empty();

  /** Held from the first live cut on. */
  private Optional<Stamp.Claim> claim = Optional.empty();

  CutCommitter(CatalogLoader loader, LakeTables declared, CutSettings settings, String owner) {
    this.loader = loader;
    this.declared = declared;
    this.settings = settings;
    this.owner = owner;
    this.patience = new Patience(settings.patience());
  }

  @Override
  public void commit(Collection<CommitRequest<CutBatch>> requests) throws InterruptedException {
    open();
    List<CommitRequest<CutBatch>> inOrder = new ArrayList<>(requests);
    inOrder.sort(Comparator.comparingLong(request -> request.getCommittable().cut()));
    for (CommitRequest<CutBatch> request : inOrder) {
      CutBatch batch = request.getCommittable();
      Optional<Cut> earlier = recovering ? find(batch.cut()) : Optional.empty();
      if (earlier.isEmpty() && !publish(batch)) {
        earlier = find(batch.cut());
      }
      if (earlier.isPresent()) {
        request.signalAlreadyCommitted();
        last = earlier;
      }
    }
  }

  private void open() throws InterruptedException {
    if (timeline != null) {
      return;
    }

    if (catalog == null) {
      this.catalog = patience.get("open the catalog", loader::loadCatalog);
    }
    this.tables = new TreeMap<>();
    for (LakeTable table : declared.written()) {
      tables.put(table.qualifiedName(), load(table.identifier()));
    }
    this.cuts = load(LakeTables.CUTS);
    StampedTable timelineTable = load(LakeTables.TIMELINE);
    this.log = new CutLog(cuts.table(), timelineTable.table());
    this.timeline = new Timeline(timelineTable, patience, log);
  }

  private StampedTable load(TableIdentifier identifier) throws InterruptedException {
    Table table = patience.get("load " + identifier, () -> catalog.loadTable(identifier));
    return new StampedTable(table, patience);
  }

  /** Returns false when the job that left the cut pending has just published it itself. */
  private boolean publish(CutBatch batch) throws InterruptedException {
    CutPublished published = new CutPublished();
    published.begin();
    Optional<Cut> parent = parentOf(batch);
    Place place = placeOf(batch, parent);
    if (place == Place.TAKEN) {
      return false;
    }

    timeline.register(batch.chain());
    Optional<Stamp.Claim> under = place == Place.LIVE ? claim : Optional.empty();
    Map<String, Long> snapshots = new HashMap<>(parent.map(Cut::snapshots).orElse(Map.of()));
    snapshots.putAll(appendToTables(batch, under));
    last = Optional.of(appendRow(batch, under, snapshots));
    recovering = false;
    published.cut = batch.cut();
    published.tables = batch.files().size();
    published.commit();
    return true;
  }

  /** The cut that the batch follows; empty for the first of a chain. */
  private Optional<Cut> parentOf(CutBatch batch) throws InterruptedException {
    if (batch.parent() == 0) {
      return Optional.empty();
    }
    if (last.isPresent() && last.get().cut() == batch.parent()) {
      return last;
    }

    Optional<Cut> parent = find(batch.parent());
    if (parent.isEmpty()) {
      throw new CutRefusedException(
          "cut %d follows cut %d, which was never published: its rows are lost to this "
              + "state; restore an older checkpoint, or start a rebuild",
          batch.cut(), batch.parent());
    }
    return parent;
  }

  private enum Place {
    /** On the live chain, whose claim is held. */
    LIVE,
    /** On a chain beside it. */
    BESIDE,
    /** Where the very cut already is. */
    TAKEN
  }

  private Place placeOf(CutBatch batch, Optional<Cut> parent) throws InterruptedException {
    boolean liveChain = parent.map(Cut::isLive).orElse(false);
    return switch (batch.chain().mode()) {
      case WHAT_IF -> Place.BESIDE;
      case LIVE -> {
        if (parent.isPresent() && !liveChain) {
          throw new CutRefusedException(
              "cut %d follows cut %d of a chain that never went live; resume it as what it "
                  + "was",
              batch.cut(), batch.parent());
        }
        yield claim.isPresent() ? Place.LIVE : claimFor(batch, parent, false);
      }
      case REBUILD -> claim.isPresent() ? Place.LIVE : claimFor(batch, parent, !liveChain);
    };
  }

  /**
   * Takes over the live chain, if nobody has in the meantime. The order matters: a job that may not
   * go on must not stop the one that runs, so it looks first and claims then; and it claims {@code
   * ops.cuts} only if nothing was published there since it looked.
   *
   * @param onlyWhenCaughtUp for a rebuild, which otherwise goes on beside the live chain
   */
  private Place claimFor(CutBatch batch, Optional<Cut> parent, boolean onlyWhenCaughtUp)
      throws InterruptedException {
    Place place =
        patience.get(
            "claim the live chain",
            () -> {
              while (true) {
                Optional<Place> found = tryClaim(batch, parent, onlyWhenCaughtUp);
                if (found.isPresent()) {
                  return found.get();
                }
              }
            });
    if (place == Place.LIVE) {
      Stamp.Claim held = claim.orElseThrow();
      threads.each(
          tables.values(),
          table -> {
            table.claim(held);
            return null;
          });
      LOG.info("Claimed the live chain: {}", held);
    }
    return place;
  }

  /** Empty when something was published between the look and the claim. */
  private Optional<Place> tryClaim(CutBatch batch, Optional<Cut> parent, boolean onlyWhenCaughtUp) {
    log.refresh();
    Optional<Snapshot> newest = cuts.newestClaimed();
    Optional<Stamp.Claim> holder = newest.flatMap(Stamp::claimOf);
    Optional<Cut> head = log.head();
    if (log.find(batch.cut()).isPresent()) {
      return Optional.of(Place.TAKEN);
    }
    if (onlyWhenCaughtUp && !hasCaughtUp(batch, head)) {
      return Optional.of(Place.BESIDE);
    }

    refuseWrongPlace(batch, parent, head);
    if (holder.isPresent() && holder.get().isOf(settings.epoch(), owner)) {
      claim = holder;
      return Optional.of(Place.LIVE);
    }
    refuseToClaim(holder);
    Stamp.Claim next = new Stamp.Claim(nextNumber(holder), settings.epoch(), owner);
    OptionalLong seen =
        newest.isPresent() ? OptionalLong.of(newest.get().snapshotId()) : OptionalLong.empty();
    if (!cuts.claimIfUnchanged(next, seen)) {
      return Optional.empty();
    }
    claim = Optional.of(next);
    return Optional.of(Place.LIVE);
  }

  private static boolean hasCaughtUp(CutBatch batch, Optional<Cut> head) {
    return batch.replayed()
        && head.map(cut -> batch.chain().facts().hasReached(cut.offsets())).orElse(true);
  }

  /** Within an epoch cuts follow each other; a new epoch may begin at any live cut. */
  private void refuseWrongPlace(CutBatch batch, Optional<Cut> parent, Optional<Cut> head) {
    if (head.isEmpty()) {
      return;
    }
    Cut newest = head.get();
    if (batch.chain().mode() == CutMode.LIVE && batch.parent() == 0) {
      throw new CutRefusedException(
          "cut %d is the first of its chain, but the ledger is filled up to cut %d; restore "
              + "the state of that cut, or start a rebuild",
          batch.cut(), newest.cut());
    }
    if (newest.epoch() == batch.epoch() && newest.cut() != batch.parent()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "cut %d follows cut %d, but its epoch has gone on to cut %d; submit the job with "
              + "a new epoch to fork",
          batch.cut(),
          batch.parent(),
          newest.cut());
    }
    boolean goesOn =
        batch.epoch() == settings.epoch()
            && parent.filter(Cut::isLive).map(cut -> cut.epoch() == batch.epoch()).orElse(false);
    if (goesOn && newest.cut() != batch.parent()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.TAKEN_OVER,
          "epoch %d has taken over from epoch %d with cut %d; stop this job",
          newest.epoch(),
          batch.epoch(),
          newest.cut());
    }
  }

  private void refuseToClaim(Optional<Stamp.Claim> holder) {
    if (holder.isEmpty()) {
      return;
    }
    Stamp.Claim other = holder.get();
    if (other.epoch() == settings.epoch()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.NEEDS_NEW_EPOCH,
          "another job has claimed epoch %d; submit this one with a higher epoch",
          settings.epoch());
    }
    if (settings.mode() == CutMode.LIVE && other.epoch() > settings.epoch()) {
      throw new CutRefusedException(
          CutRefusedException.Kind.TAKEN_OVER,
          "epoch %d, newer than epoch %d, owns the live chain; stop this job",
          other.epoch(),
          settings.epoch());
    }
    if (cuts.hasClaimOf(settings.epoch())) {
      throw new CutRefusedException(
          CutRefusedException.Kind.TAKEN_OVER,
          "epoch %d has taken over from epoch %d; stop this job",
          other.epoch(),
          settings.epoch());
    }
    long first = settings.cutOf(1);
    long last = settings.cutOf(CutSettings.CUTS_PER_EPOCH - 1);
    log.childrenOf(first, last).stream()
        .filter(cut -> cut.epoch() != settings.epoch())
        .findFirst()
        .ifPresent(
            cut -> {
              throw new CutRefusedException(
                  CutRefusedException.Kind.TAKEN_OVER,
                  "epoch %d has gone on from cut %d of epoch %d; stop this job",
                  cut.epoch(),
                  cut.parent(),
                  settings.epoch());
            });
  }

  /** Claims on tables outlive those on {@code ops.cuts} where expiry took the latter. */
  private long nextNumber(Optional<Stamp.Claim> holder) {
    long highest = holder.map(Stamp.Claim::number).orElse(0L);
    for (StampedTable table : tables.values()) {
      highest =
          Math.max(
              highest,
              table.newestClaimed().flatMap(Stamp::claimOf).map(Stamp.Claim::number).orElse(0L));
    }
    return highest + 1;
  }

  private Map<String, Long> appendToTables(CutBatch batch, Optional<Stamp.Claim> under)
      throws InterruptedException {
    Map<String, Long> snapshots = new HashMap<>();
    List<String> names = List.copyOf(batch.files().keySet());
    List<Long> ids =
        threads.each(
            names,
            name -> {
              StampedTable table = tableOf(name, batch);
              return table.append(
                  batch.cut(), under, Map.of(), filesOf(table, batch.files().get(name)));
            });
    for (int index = 0; index < names.size(); index++) {
      snapshots.put(names.get(index), ids.get(index));
    }
    return snapshots;
  }

  private StampedTable tableOf(String name, CutBatch batch) {
    StampedTable table = tables.get(name);
    if (table == null) {
      throw new CutRefusedException(
          "cut %d has rows for %s, which this version of the job no longer writes; finish "
              + "the cut with the version that began it",
          batch.cut(), name);
    }
    return table;
  }

  private static List<DataFile> filesOf(StampedTable table, List<String> files) {
    return files.stream()
        .map(
            json ->
                (DataFile)
                    JsonUtil.parse(
                        json, node -> ContentFileParser.fromJson(node, table.table().specs())))
        .toList();
  }

  private Cut appendRow(CutBatch batch, Optional<Stamp.Claim> under, Map<String, Long> snapshots)
      throws InterruptedException {
    boolean live = under.isPresent();
    OptionalLong ordinal = live ? OptionalLong.of(nextOrdinal()) : OptionalLong.empty();
    Map<String, String> properties = new HashMap<>();
    properties.put(Stamp.FINGERPRINT, batch.chain().fingerprint());
    ordinal.ifPresent(value -> properties.put(Stamp.ORDINAL, Long.toString(value)));
    CutFacts facts = batch.chain().facts();
    Cut cut =
        new Cut(
            batch.cut(),
            ordinal,
            batch.epoch(),
            batch.parent(),
            live ? CutMode.LIVE : batch.chain().mode(),
            live || batch.replayed(),
            Instant.now().truncatedTo(ChronoUnit.MICROS),
            facts.watermark() == CutFacts.NO_WATERMARK
                ? null
                : Instant.EPOCH.plus(facts.watermark(), ChronoUnit.MICROS),
            Map.copyOf(facts.businessDays()),
            Map.copyOf(facts.offsets()),
            Map.copyOf(batch.counts()),
            Map.copyOf(snapshots));
    cuts.append(
        cut.cut(),
        under,
        properties,
        List.of(RowFile.write(cuts.table(), List.of(rowOf(cut)), patience)));
    LOG.info("Published {} cut {}", cut.mode(), cut.cut());
    return cut;
  }

  /** Only the holder of the claim publishes live cuts, so once it has, its last one is the head. */
  private long nextOrdinal() throws InterruptedException {
    Optional<Cut> head =
        !recovering && last.filter(Cut::isLive).isPresent()
            ? last
            : patience.get(
                "read the head",
                () -> {
                  log.refresh();
                  return log.head();
                });
    return head.map(cut -> cut.ordinal().getAsLong()).orElse(0L) + 1;
  }

  private GenericRecord rowOf(Cut cut) {
    GenericRecord row = GenericRecord.create(cuts.table().schema());
    row.setField("cut", cut.cut());
    row.setField("ordinal", cut.isLive() ? cut.ordinal().getAsLong() : null);
    row.setField("epoch", cut.epoch());
    row.setField("parent", cut.parent());
    row.setField("mode", cut.mode().name());
    row.setField("complete", cut.complete());
    row.setField("published_at", cut.publishedAt().atOffset(ZoneOffset.UTC));
    row.setField(
        "watermark", cut.watermark() == null ? null : cut.watermark().atOffset(ZoneOffset.UTC));
    row.setField("business_days", cut.businessDays());
    row.setField("offsets", cut.offsets());
    row.setField("row_counts", cut.rowCounts());
    row.setField("snapshots", cut.snapshots());
    row.setField("policy", settings.policy());
    return row;
  }

  private Optional<Cut> find(long cut) throws InterruptedException {
    return patience.get(
        "look up cut " + cut,
        () -> {
          log.refresh();
          return log.find(cut);
        });
  }

  @Override
  public void close() throws IOException {
    threads.close();
    if (catalog instanceof Closeable closeable) {
      closeable.close();
    }
  }
}
