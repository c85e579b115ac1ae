package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Keeps one subject's history and posts the difference that changes of it make.
 *
 * <p>The history is cut into segments, each with the state the fold can resume from. An event at
 * the end costs the step it causes; a late one costs the way from its segment to the first later
 * segment whose state it leaves as it was. A segment is as long as its state is heavy, so that the
 * states together weigh no more than the events, even where a state grows with the history.
 */
final class History<E, S, L extends Line<L>> {

  /** Where a subject's segments are kept. */
  interface Store<E, L> {
    SegmentIndex index() throws Exception;

    void putIndex(SegmentIndex index) throws Exception;

    Segment<E, L> segment(int id) throws Exception;

    void putSegment(int id, Segment<E, L> segment) throws Exception;

    void removeSegment(int id) throws Exception;
  }

  /**
   * What applying changes came to.
   *
   * @param posted lines posted, reversals not counted
   * @param reversed published lines taken back
   * @param unsettled entries that were not added exactly once, or null when there are none
   */
  record Outcome(long posted, long reversed, Entry<?> unsettled) {}

  private record Key(Place place, String hash) {
    static final Comparator<Key> ORDER = Comparator.comparing(Key::place).thenComparing(Key::hash);
  }

  // About what an entry weighs; the lightest events weigh a little less.
  private static final int BYTES_PER_ENTRY = 64;

  private final OrderedFold<E, S, L> fold;
  private final Codec<S> stateCodec;
  private final int entriesPerSegment;

  History(OrderedFold<E, S, L> fold, Codec<S> stateCodec, int entriesPerSegment) {
    this.fold = fold;
    this.stateCodec = stateCodec;
    this.entriesPerSegment = entriesPerSegment;
  }

  /** Applies the changes and posts new lines, and reversals of lines that no longer hold. */
  Outcome apply(List<Change<E>> changes, Store<E, L> store, Consumer<L> post) throws Exception {
    SegmentIndex index = store.index();
    int position = Integer.MAX_VALUE;
    Map<Integer, List<Change<E>>> bySegment = new HashMap<>();
    for (Change<E> change : changes) {
      int found = index.positionOf(change.place());
      position = Math.min(position, found);
      bySegment.computeIfAbsent(index.idAt(found), id -> new ArrayList<>()).add(change);
    }

    Tally tally = new Tally(post);
    byte[] carried = null; // the state before the segment at position, when a fold has reached it
    while (!bySegment.isEmpty() || (carried != null && position < index.refs().size())) {
      List<Change<E>> here = bySegment.remove(index.idAt(position));
      if (here == null && carried == null) {
        position++;
        continue;
      }

      Segment<E, L> old = load(store, index, position);
      boolean sameStart = carried == null || Arrays.equals(carried, old.start());
      if (here == null && sameStart) {
        carried = null;
        position++;
        continue;
      }

      List<Segment<E, L>> renewed =
          here != null && sameStart && appends(old, here)
              ? append(old, here, tally)
              : refold(old, here == null ? List.of() : here, carried, tally);
      index = replace(store, index, position, renewed);
      carried = renewed.isEmpty() ? startOf(old, carried) : renewed.getLast().end();
      position += renewed.size();
    }
    store.putIndex(index);
    return new Outcome(tally.posted, tally.reversed, tally.unsettled);
  }

  /** An entry that was not added exactly once, anywhere in the history; null when there is none. */
  Entry<E> unsettled(Store<E, L> store) throws Exception {
    for (SegmentIndex.Ref ref : store.index().refs()) {
      for (Entry<E> entry : store.segment(ref.id()).entries()) {
        if (entry.count() != 1) {
          return entry;
        }
      }
    }
    return null;
  }

  private Segment<E, L> load(Store<E, L> store, SegmentIndex index, int position) throws Exception {
    if (index.refs().isEmpty()) {
      byte[] start = bytesOf(fold.start());
      return new Segment<>(List.of(), start, start, List.of());
    }

    return store.segment(index.refs().get(position).id());
  }

  private static byte[] startOf(Segment<?, ?> old, byte[] carried) {
    return carried == null ? old.start() : carried;
  }

  private boolean appends(Segment<E, L> old, List<Change<E>> changes) {
    Place last = old.entries().isEmpty() ? null : old.entries().getLast().place();
    for (Change<E> change : changes) {
      if (change.sign() < 0 || (last != null && change.place().compareTo(last) <= 0)) {
        return false;
      }
    }
    return true;
  }

  private List<Segment<E, L>> append(Segment<E, L> old, List<Change<E>> changes, Tally tally)
      throws IOException {
    SortedMap<Key, Entry<E>> added = merged(List.of(), changes, tally);
    List<Segment<E, L>> pieces = new ArrayList<>();
    Builder builder = new Builder(old, stateOf(old.end()));
    for (Entry<E> entry : added.values()) {
      builder = builder.orNext(entry, pieces);
      builder.fold(entry, tally::post);
    }
    pieces.add(builder.build());
    return pieces;
  }

  private List<Segment<E, L>> refold(
      Segment<E, L> old, List<Change<E>> changes, byte[] carried, Tally tally) throws IOException {
    byte[] start = startOf(old, carried);
    List<Segment<E, L>> pieces = new ArrayList<>();
    List<L> renewed = new ArrayList<>();
    Builder builder = new Builder(start, stateOf(start));
    for (Entry<E> entry : merged(old.entries(), changes, tally).values()) {
      builder = builder.orNext(entry, pieces);
      builder.fold(entry, renewed::add);
    }
    if (!builder.entries.isEmpty()) {
      pieces.add(builder.build());
    }

    tally.postDifference(old.lines(), renewed);
    return pieces;
  }

  private SortedMap<Key, Entry<E>> merged(
      List<Entry<E>> entries, List<Change<E>> changes, Tally tally) {
    SortedMap<Key, Entry<E>> merged = new TreeMap<>(Key.ORDER);
    for (Entry<E> entry : entries) {
      merged.put(new Key(entry.place(), entry.hash()), entry);
    }
    for (Change<E> change : changes) {
      merged.merge(
          new Key(change.place(), change.hash()),
          new Entry<>(change.place(), change.hash(), change.sign(), change.event()),
          (kept, added) ->
              new Entry<>(kept.place(), kept.hash(), kept.count() + added.count(), kept.event()));
    }
    merged.values().removeIf(entry -> entry.count() == 0);
    for (Entry<E> entry : merged.values()) {
      if (entry.count() != 1) {
        tally.unsettled = entry;
      }
    }
    return merged;
  }

  private SegmentIndex replace(
      Store<E, L> store, SegmentIndex index, int position, List<Segment<E, L>> pieces)
      throws Exception {
    List<Place> firsts = pieces.stream().map(piece -> piece.entries().getFirst().place()).toList();
    if (pieces.isEmpty()) {
      if (!index.refs().isEmpty()) {
        store.removeSegment(index.refs().get(position).id());
      }
    }

    SegmentIndex replaced = index.replace(position, firsts);
    for (int i = 0; i < pieces.size(); i++) {
      store.putSegment(replaced.refs().get(position + i).id(), pieces.get(i));
    }
    return replaced;
  }

  private byte[] bytesOf(S state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stateCodec.write(state, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private S stateOf(byte[] bytes) throws IOException {
    return stateCodec.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  /** One segment while it is folded. */
  private final class Builder {
    private final List<Entry<E>> entries;
    private final List<L> lines;
    private final byte[] start;
    private S state;
    private int fullAt = entriesPerSegment;

    Builder(byte[] start, S state) {
      this.entries = new ArrayList<>();
      this.lines = new ArrayList<>();
      this.start = start;
      this.state = state;
    }

    Builder(Segment<E, L> grows, S state) {
      this.entries = new ArrayList<>(grows.entries());
      this.lines = new ArrayList<>(grows.lines());
      this.start = grows.start();
      this.state = state;
    }

    /** This segment, or a new one behind it when it is full. Events of one place stay together. */
    Builder orNext(Entry<E> entry, List<Segment<E, L>> pieces) throws IOException {
      if (entries.size() < fullAt || entries.getLast().place().equals(entry.place())) {
        return this;
      }

      Segment<E, L> full = build();
      if (full.end().length > (long) BYTES_PER_ENTRY * entries.size()) {
        fullAt = 2 * entries.size();
        return this;
      }

      pieces.add(full);
      return new Builder(full.end(), state);
    }

    void fold(Entry<E> entry, Consumer<L> out) {
      entries.add(entry);
      if (entry.count() >= 1) {
        state =
            fold.step(
                state,
                entry.place(),
                entry.event(),
                line -> {
                  if (!line.isZero()) {
                    lines.add(line);
                    out.accept(line);
                  }
                });
      }
    }

    Segment<E, L> build() throws IOException {
      return new Segment<>(
          Collections.unmodifiableList(entries),
          start,
          bytesOf(state),
          Collections.unmodifiableList(lines));
    }
  }

  /** Posts lines and counts them. */
  private final class Tally {
    private final Consumer<L> target;
    private long posted;
    private long reversed;
    private Entry<?> unsettled;

    Tally(Consumer<L> target) {
      this.target = target;
    }

    void post(L line) {
      posted++;
      target.accept(line);
    }

    void postDifference(List<L> old, List<L> renewed) {
      Map<L, Integer> difference = new LinkedHashMap<>();
      old.forEach(line -> difference.merge(line, -1, Integer::sum));
      renewed.forEach(line -> difference.merge(line, 1, Integer::sum));
      for (Map.Entry<L, Integer> entry : difference.entrySet()) {
        for (int i = entry.getValue(); i < 0; i++) {
          reversed++;
          target.accept(entry.getKey().negate());
        }
        for (int i = entry.getValue(); i > 0; i--) {
          post(entry.getKey());
        }
      }
    }
  }
}
