package dev.tributary.runtime.identity;

import dev.tributary.domain.identity.Clusters;
import dev.tributary.domain.identity.Merge;
import dev.tributary.runtime.codec.CodecSerializer;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.RecordCodec;
import dev.tributary.runtime.cut.CutOperator;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.ledger.RowMaker;
import dev.tributary.runtime.ledger.Stamped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Keeps the clusters of customer ids that merges join and splits part again, per company, and
 * redirects every id whose cluster got another survivor.
 *
 * <p>A cluster is a connected component of the merges that are not split; its survivor is its
 * smallest id. So a merge within one cluster, even one that closes a cycle, changes nothing, and
 * neither does the order in which merges arrive. State grows with merges and splits, not with
 * customers.
 */
public final class JoinIdentities extends CutOperator<Redirect>
    implements OneInputStreamOperator<IdentityEvent, Redirect> {

  private static final long serialVersionUID = 1L;

  /** A merge, with how often it counts. */
  record Edge(String one, String other, long count) {}

  /** The merges that name an id. */
  record Edges(SortedSet<String> ids) {}

  private final OutputTag<LakeRow> lake;
  private final RowMaker<Stamped<IdentityLine>> lineRow;
  private transient Map<String, List<IdentityEvent>> dirty;
  private transient MapState<String, Edge> edges;
  private transient MapState<String, Long> splits;
  private transient MapState<String, Edges> edgesOfId;
  private transient MapState<String, String> survivors;

  public JoinIdentities(
      long epoch, OutputTag<LakeRow> lake, RowMaker<Stamped<IdentityLine>> lineRow) {
    super(epoch);
    this.lake = lake;
    this.lineRow = lineRow;
  }

  @Override
  public void open() throws Exception {
    super.open();
    dirty = new LinkedHashMap<>();
    edges = mapState("merges", new CodecSerializer<>(RecordCodec.of(Edge.class)));
    splits = mapState("splits", LongSerializer.INSTANCE);
    edgesOfId = mapState("merges-of-id", new CodecSerializer<>(RecordCodec.of(Edges.class)));
    survivors = mapState("survivors", CodecTypeInfo.TEXT.serializer());
  }

  private <V> MapState<String, V> mapState(String name, TypeSerializer<V> values) throws Exception {
    return getPartitionedState(
        VoidNamespace.INSTANCE,
        VoidNamespaceSerializer.INSTANCE,
        new MapStateDescriptor<>(name, CodecTypeInfo.TEXT.serializer(), values));
  }

  @Override
  public void processElement(StreamRecord<IdentityEvent> record) {
    IdentityEvent event = record.getValue();
    dirty.computeIfAbsent(event.company(), company -> new ArrayList<>()).add(event);
  }

  @Override
  protected void flush(long cut, boolean atBarrier) throws Exception {
    for (Map.Entry<String, List<IdentityEvent>> company : dirty.entrySet()) {
      setCurrentKey(company.getKey());
      SortedSet<String> touched = new TreeSet<>();
      for (IdentityEvent event : company.getValue()) {
        apply(event, touched);
      }
      redirect(company.getKey(), touched, cut);
    }
    dirty.clear();
  }

  private void apply(IdentityEvent event, SortedSet<String> touched) throws Exception {
    switch (event) {
      case IdentityEvent.Merged merged -> {
        Edge known = edges.get(merged.eventId());
        if (known != null
            && !(known.one().equals(merged.customerId())
                && known.other().equals(merged.duplicateId()))) {
          correct(merged, known, touched);
          return;
        }

        long count = (known == null ? 0 : known.count()) + merged.sign();
        put(merged, count);
        touched.add(merged.customerId());
        touched.add(merged.duplicateId());
      }
      case IdentityEvent.Split split -> {
        Long known = splits.get(split.mergeEventId());
        long count = (known == null ? 0 : known) + split.sign();
        if (count == 0) {
          splits.remove(split.mergeEventId());
        } else {
          splits.put(split.mergeEventId(), count);
        }

        Edge edge = edges.get(split.mergeEventId());
        if (edge != null) {
          touched.add(edge.one());
          touched.add(edge.other());
        }
      }
    }
  }

  /** A corrected merge names other ids; its old version is taken back, in either order. */
  private void correct(IdentityEvent.Merged merged, Edge known, SortedSet<String> touched)
      throws Exception {
    if (merged.sign() < 0) {
      return; // the other version has already taken its place
    }

    touched.add(known.one());
    touched.add(known.other());
    touched.add(merged.customerId());
    touched.add(merged.duplicateId());
    unlink(merged.eventId(), known.one());
    unlink(merged.eventId(), known.other());
    put(merged, 1);
  }

  private void put(IdentityEvent.Merged merged, long count) throws Exception {
    if (count == 0) {
      edges.remove(merged.eventId());
      unlink(merged.eventId(), merged.customerId());
      unlink(merged.eventId(), merged.duplicateId());
      return;
    }

    edges.put(merged.eventId(), new Edge(merged.customerId(), merged.duplicateId(), count));
    link(merged.eventId(), merged.customerId());
    link(merged.eventId(), merged.duplicateId());
  }

  private void link(String edge, String id) throws Exception {
    Edges known = edgesOfId.get(id);
    SortedSet<String> ids = known == null ? new TreeSet<>() : new TreeSet<>(known.ids());
    ids.add(edge);
    edgesOfId.put(id, new Edges(ids));
  }

  private void unlink(String edge, String id) throws Exception {
    Edges known = edgesOfId.get(id);
    if (known == null) {
      return;
    }

    SortedSet<String> ids = new TreeSet<>(known.ids());
    ids.remove(edge);
    if (ids.isEmpty()) {
      edgesOfId.remove(id);
    } else {
      edgesOfId.put(id, new Edges(ids));
    }
  }

  private void redirect(String company, SortedSet<String> touched, long cut) throws Exception {
    Map<String, Merge> merges = new HashMap<>();
    Set<String> undone = new HashSet<>();
    SortedSet<String> ids = reachable(touched, merges, undone);
    SortedMap<String, String> before = new TreeMap<>();
    for (String id : ids) {
      String survivor = survivors.get(id);
      before.put(id, survivor == null ? id : survivor);
    }

    SortedMap<String, String> after = Clusters.survivors(merges.values(), undone);
    for (Map.Entry<String, String> moved : Clusters.moved(before, after).entrySet()) {
      move(company, moved.getKey(), before.get(moved.getKey()), moved.getValue(), cut);
    }
  }

  /** All ids that merges connect to these, undone merges included, since they connected them. */
  private SortedSet<String> reachable(
      SortedSet<String> from, Map<String, Merge> merges, Set<String> undone) throws Exception {
    SortedSet<String> reached = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(from);
    while (!open.isEmpty()) {
      String id = open.remove();
      Edges edgesHere = reached.add(id) ? edgesOfId.get(id) : null;
      if (edgesHere == null) {
        continue;
      }

      for (String eventId : edgesHere.ids()) {
        Edge edge = edges.get(eventId);
        merges.put(eventId, new Merge(eventId, edge.one(), edge.other()));
        if (edge.count() < 1 || splits.contains(eventId)) {
          undone.add(eventId);
        }

        open.add(edge.one());
        open.add(edge.other());
      }
    }
    return reached;
  }

  private void move(String company, String id, String before, String survivor, long cut)
      throws Exception {
    output.collect(new StreamRecord<>(new Redirect(company, id, survivor)));
    if (!before.equals(id)) {
      post(new IdentityLine(company, id, before, -1), cut);
    }

    if (survivor.equals(id)) {
      survivors.remove(id);
    } else {
      survivors.put(id, survivor);
      post(new IdentityLine(company, id, survivor, 1), cut);
    }
  }

  private void post(IdentityLine line, long cut) {
    output.collect(lake, new StreamRecord<>(lineRow.row(new Stamped<>(line, epoch(), cut))));
  }
}
