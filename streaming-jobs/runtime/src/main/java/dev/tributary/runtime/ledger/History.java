package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.domain.OrderedFold;
import dev.tributary.domain.Place;
import dev.tributary.domain.Wake;
import dev.tributary.domain.WakingFold;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.PackedList;
import dev.tributary.runtime.codec.Packing;
import dev.tributary.runtime.ledger.Waypoints.Waypoint;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Keeps one subject's history and posts the difference that changes of it make.
 *
 * <p>The history is cut into segments, each with the state the fold can resume from. An event at
 * the end costs the step it causes; a late one costs the way from its segment to the first later
 * segment whose state it leaves as it was. A segment is as long as its state is heavy, so that the
 * states together weigh no more than the events, even where a state grows with the history; {@link
 * Waypoints} shorten the way in long ones.
 *
 * <p>Wakes of a {@link WakingFold} are not stored: what a state waits for follows from the state,
 * and whether it comes from the latest close. What is kept of them is which segments wait for which
 * day. A wake after the last event costs the steps it causes.
 */
final class History<E, S, L extends Line<L>> {

  /** Where a subject's segments are kept. */
  interface Store {
    String subject();

    SegmentIndex index() throws Exception;

    void putIndex(SegmentIndex index) throws Exception;

    Segment segment(int id) throws Exception;

    /** The fold's state before a segment's first entry. */
    byte[] start(int id) throws Exception;

    PackedList entries(int id) throws Exception;

    PackedList lines(int id) throws Exception;

    /** Puts a segment in the place of any there was. */
    void put(int id, Segment segment, byte[] start, PackedList entries, PackedList lines)
        throws Exception;

    /** Lets a segment grow at its end. */
    void append(int id, Segment segment, PackedList entries, PackedList lines) throws Exception;

    void remove(int id) throws Exception;

    /** Asked of waking folds only. */
    Watches watches() throws Exception;

    /** Told of waking folds only. */
    void putWatches(Watches watches) throws Exception;
  }

  /**
   * What applying changes came to.
   *
   * @param posted lines posted, reversals not counted
   * @param reversed published lines taken back
   * @param unsettled an entry that counts as often as none may at a barrier; null for none
   * @param waited the earliest day the subject waited for before; null for none
   * @param waits the earliest day it waits for now; null for none
   */
  record Outcome(
      long posted, long reversed, Entry<?> unsettled, LocalDate waited, LocalDate waits) {}

  private record Key(Place place, String hash) {
    static final Comparator<Key> ORDER = Comparator.comparing(Key::place).thenComparing(Key::hash);
  }

  // About what an entry weighs; the lightest events weigh a little less.
  private static final int BYTES_PER_ENTRY = 64;

  private final OrderedFold<E, S, L> fold;
  private final WakingFold<E, S, L> waking; // null when the fold waits for no day
  private final Packing<S> states;
  private final PackedList.Packer<Entry<E>> packedEntries;
  private final PackedList.Packer<L> packedLines;
  private final int entriesPerSegment;
  private final Predicate<E> mayRepeat;
  private final Waypoints<S> waypoints = new Waypoints<>();

  /**
   * @param mayRepeat whether an event may be in the history more than once
   */
  History(
      OrderedFold<E, S, L> fold,
      Codec<E> event,
      Codec<S> state,
      Codec<L> line,
      int entriesPerSegment,
      Predicate<E> mayRepeat) {
    this.fold = fold;
    this.waking = fold instanceof WakingFold<E, S, L> wakes ? wakes : null;
    this.states = new Packing<>(state);
    this.packedEntries = new PackedList.Packer<>(new Entry.EntryCodec<>(event));
    this.packedLines = new PackedList.Packer<>(line);
    this.entriesPerSegment = entriesPerSegment;
    this.mayRepeat = mayRepeat;
  }

  /** Applies the changes to the history of a fold that waits for no day. */
  Outcome apply(List<Change<E>> changes, Store store, Book<L> book) throws Exception {
    return apply(changes, null, store, book);
  }

  /**
   * Applies the changes, and the wakes that a close has put in force since the last time; posts new
   * lines, and reversals of lines that no longer hold.
   *
   * @param closedThrough the latest business day closed, never before that of an earlier call; null
   *     when none is
   */
  Outcome apply(List<Change<E>> changes, LocalDate closedThrough, Store store, Book<L> book)
      throws Exception {
    SegmentIndex known = store.index();
    SegmentIndex index = known;
    Watches before = waking == null ? Watches.NONE : store.watches();
    Map<Integer, Watch> watches = new TreeMap<>();
    Set<Integer> due = new HashSet<>();
    for (Watch watch : before.all()) {
      watches.put(watch.segment(), watch);
      if (isDue(watch.within(), closedThrough) || isDue(watch.behind(), closedThrough)) {
        due.add(watch.segment());
      }
    }

    int position = due.isEmpty() ? Integer.MAX_VALUE : index.firstOf(due);
    Map<Integer, List<Change<E>>> bySegment = new HashMap<>();
    for (Change<E> change : changes) {
      int found = index.positionOf(change.place());
      position = Math.min(position, found);
      bySegment.computeIfAbsent(index.idAt(found), id -> new ArrayList<>()).add(change);
    }

    Tally tally = new Tally(book);
    byte[] carried = null; // the state before the segment at position, when a fold has reached it
    while (!bySegment.isEmpty()
        || !due.isEmpty()
        || (carried != null && position < index.refs().size())) {
      int id = index.idAt(position);
      List<Change<E>> here = bySegment.remove(id);
      boolean woken = due.remove(id);
      if (here == null && !woken && carried == null) {
        position++;
        continue;
      }

      boolean isNew = index.refs().isEmpty();
      Segment old = isNew ? null : store.segment(id);
      boolean sameStart = carried == null || Arrays.equals(carried, store.start(id));
      if (here == null && !woken && sameStart) {
        carried = null;
        position++;
        continue;
      }

      Watch watch = watches.getOrDefault(id, Watch.none(id));
      Wakes wakes = new Wakes(closedThrough, firstBehind(index, position));
      List<Change<E>> changed = here == null ? List.of() : here;
      boolean sameBefore = sameStart && !isDue(watch.within(), closedThrough);
      List<Waypoint<S>> same =
          sameBefore ? waypoints.before(earliest(changed), store.subject(), id) : List.of();
      Place first = isNew ? null : index.refs().get(position).first();
      byte[] start = null; // the state to fold all of the segment from, when it comes to that
      Builder from;
      Rest<E, L> rest;
      if (!isNew && sameBefore && appends(old, watch, changed)) {
        from = new Builder(old, first, watch, same);
        rest = new Rest<>(List.of(), List.of());
      } else {
        PackedList entries = isNew ? PackedList.EMPTY : store.entries(id);
        PackedList lines = isNew ? PackedList.EMPTY : store.lines(id);
        if (same.isEmpty()) {
          start = carried;
          if (start == null) {
            start = isNew ? states.pack(fold.start()) : store.start(id);
          }
          from = new Builder(start, states.unpack(start));
        } else {
          from = new Builder(old, first, store.start(id), entries, lines, same);
        }
        rest =
            new Rest<>(
                packedEntries.behind(entries, packedEntries.mark()),
                packedLines.behind(lines, packedLines.mark()));
      }
      List<Piece<S>> renewed = refold(from, rest, changed, wakes, tally);
      index = replace(store, index, position, renewed);
      watches.remove(id);
      for (int i = 0; i < renewed.size(); i++) {
        Watch watched = renewed.get(i).watch(index.idAt(position + i));
        if (!watched.saysNothing()) {
          watches.put(watched.segment(), watched);
        }
      }
      if (renewed.isEmpty() && waking != null && position > 0 && position == index.refs().size()) {
        // The one before is the last now: what it waits for is no longer bounded by an event.
        position--;
        due.add(index.idAt(position));
        carried = null;
        continue;
      }

      carried = renewed.isEmpty() ? start : renewed.getLast().segment().end();
      position += renewed.size();
    }
    if (!index.equals(known)) {
      store.putIndex(index);
    }
    Watches after = waking == null ? before : new Watches(List.copyOf(watches.values()));
    if (!after.equals(before)) {
      store.putWatches(after);
    }
    return new Outcome(
        tally.posted, tally.reversed, tally.unsettled, before.earliest(), after.earliest());
  }

  private static boolean isDue(LocalDate day, LocalDate closedThrough) {
    return day != null && Wake.isInForce(day, closedThrough);
  }

  /** When the event after a segment happened; null after the last segment. */
  private static Instant firstBehind(SegmentIndex index, int position) {
    return position + 1 < index.refs().size()
        ? index.refs().get(position + 1).first().occurredAt()
        : null;
  }

  /** An entry that counts as often as none may, anywhere in the history; null for none. */
  Entry<E> unsettled(Store store) throws Exception {
    for (SegmentIndex.Ref ref : store.index().refs()) {
      PackedList entries = store.entries(ref.id());
      for (Entry<E> entry : packedEntries.behind(entries, PackedList.Mark.BEGIN)) {
        if (!isSettled(entry)) {
          return entry;
        }
      }
    }
    return null;
  }

  private boolean isSettled(Entry<E> entry) {
    return entry.count() == 1 || (entry.count() > 1 && mayRepeat.test(entry.event()));
  }

  private static <E> Place earliest(List<Change<E>> changes) {
    return changes.stream().map(Change::place).min(Comparator.naturalOrder()).orElse(null);
  }

  private boolean appends(Segment old, Watch watch, List<Change<E>> changes) {
    for (Change<E> change : changes) {
      if (change.sign() < 0
          || change.place().compareTo(old.last()) <= 0
          || !watch.isBefore(change.place().occurredAt())) {
        return false;
      }
    }
    return true;
  }

  /** What of a segment is folded again. */
  private record Rest<E, L>(List<Entry<E>> entries, List<L> lines) {}

  /**
   * Folds the rest of a segment anew, and posts what that changes.
   *
   * @param from has as much of the segment as stays as it is
   */
  private List<Piece<S>> refold(
      Builder from, Rest<E, L> rest, List<Change<E>> changes, Wakes wakes, Tally tally) {
    Builder builder = from;
    List<Piece<S>> pieces = new ArrayList<>();
    List<L> renewed = new ArrayList<>();
    for (Entry<E> entry : merged(rest.entries(), changes, tally).values()) {
      builder.wakeBefore(entry.place().occurredAt(), wakes, renewed::add);
      builder = builder.orNext(entry, pieces);
      builder.fold(entry, renewed::add);
    }
    if (builder.last != null) {
      builder.wakeBehind(wakes, renewed::add);
      pieces.add(builder.build(states.pack(builder.state)));
    }

    tally.postDifference(rest.lines(), renewed);
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
      if (!isSettled(entry)) {
        tally.unsettled = entry;
      }
    }
    return merged;
  }

  private SegmentIndex replace(Store store, SegmentIndex index, int position, List<Piece<S>> pieces)
      throws Exception {
    List<Place> firsts = pieces.stream().map(Piece::first).toList();
    if (pieces.isEmpty()) {
      if (!index.refs().isEmpty()) {
        int id = index.refs().get(position).id();
        store.remove(id);
        waypoints.forget(store.subject(), id);
      }
    }

    SegmentIndex replaced = index.replace(position, firsts);
    for (int i = 0; i < pieces.size(); i++) {
      Piece<S> piece = pieces.get(i);
      int id = replaced.refs().get(position + i).id();
      Segment segment = piece.segment();
      if (piece.start() == null) {
        store.append(id, segment, piece.entries(), piece.lines());
      } else {
        store.put(id, segment, piece.start(), piece.entries(), piece.lines());
      }
      waypoints.keep(store.subject(), id, piece.waypoints(), segment.entries().size());
    }
    return replaced;
  }

  /**
   * Which wakes come in a segment.
   *
   * @param closedThrough puts them in force; null when no day is closed
   * @param bound when the event after the segment happened; null for the last segment
   */
  private record Wakes(LocalDate closedThrough, Instant bound) {}

  /**
   * A segment that was folded, and what it says of wakes.
   *
   * @param start the state before its first entry; null when it has only grown at its end
   * @param entries all of them; where it has only grown, the new ones
   * @param lines of these entries
   */
  private record Piece<S>(
      Segment segment,
      byte[] start,
      PackedList entries,
      PackedList lines,
      Place first,
      List<Waypoint<S>> waypoints,
      Instant lastWake,
      LocalDate within,
      LocalDate behind) {

    Watch watch(int id) {
      return new Watch(id, lastWake, within, behind);
    }
  }

  /** The segment that is folded at present; what it holds is with the packers. */
  private final class Builder {
    private final List<Waypoint<S>> waypoints;
    private final byte[] start;
    private S state;
    private int fullAt;
    private Place first;
    private Place last;
    private Instant lastWake;
    private LocalDate within;
    private LocalDate behind;

    /** A segment that begins with a state. */
    Builder(byte[] start, S state) {
      packedEntries.begin(PackedList.EMPTY, PackedList.Mark.BEGIN);
      packedLines.begin(PackedList.EMPTY, PackedList.Mark.BEGIN);
      this.waypoints = new ArrayList<>();
      this.start = start;
      this.state = state;
      this.fullAt = lengthFor(start);
    }

    /** A segment that grows at its end. */
    Builder(Segment grows, Place first, Watch watch, List<Waypoint<S>> kept) {
      packedEntries.begin(grows.entries());
      packedLines.begin(grows.lines());
      this.waypoints = new ArrayList<>(kept);
      this.start = null;
      this.state = states.unpack(grows.end());
      this.first = first;
      this.last = grows.last();
      this.lastWake = watch.lastWake();
      this.within = watch.within();
      this.fullAt = lengthFor(grows.end());
    }

    /** A segment as it was up to the last of the waypoints that are kept. */
    Builder(
        Segment old,
        Place first,
        byte[] start,
        PackedList entries,
        PackedList lines,
        List<Waypoint<S>> kept) {
      Waypoint<S> upTo = kept.getLast();
      packedEntries.begin(entries, upTo.entries());
      packedLines.begin(lines, upTo.lines());
      this.waypoints = new ArrayList<>(kept);
      this.start = start;
      this.state = upTo.state();
      this.first = first;
      this.last = upTo.last();
      this.lastWake = upTo.lastWake();
      this.within = upTo.within();
      this.fullAt = lengthFor(old.end());
    }

    /** How many entries weigh as much as a state; a state seldom becomes much lighter. */
    private int lengthFor(byte[] state) {
      return Math.max(entriesPerSegment, state.length / BYTES_PER_ENTRY);
    }

    /** This segment, or a new one behind it when it is full. Events of one place stay together. */
    Builder orNext(Entry<E> entry, List<Piece<S>> pieces) {
      int size = packedEntries.mark().size();
      if (size < fullAt || last.equals(entry.place())) {
        return this;
      }

      byte[] end = states.pack(state);
      if (end.length > (long) BYTES_PER_ENTRY * size) {
        fullAt = 2 * size;
        return this;
      }

      pieces.add(build(end));
      return new Builder(end, state);
    }

    /** Lets the wakes come that stand before an event. */
    void wakeBefore(Instant occurredAt, Wakes wakes, Consumer<L> out) {
      if (waking != null) {
        within = earlier(within, wake(occurredAt, wakes.closedThrough(), out));
      }
    }

    /** Lets the wakes come that stand after the last event and before that of the next segment. */
    void wakeBehind(Wakes wakes, Consumer<L> out) {
      if (waking != null) {
        behind = wake(wakes.bound(), wakes.closedThrough(), out);
      }
    }

    private LocalDate earlier(LocalDate one, LocalDate other) {
      return one == null || (other != null && other.isBefore(one)) ? other : one;
    }

    /** The day of the wake that would have come next, had its day been closed; else null. */
    private LocalDate wake(Instant bound, LocalDate closedThrough, Consumer<L> out) {
      Optional<Wake> next = waking.nextWake(state);
      while (next.isPresent() && (bound == null || next.get().precedes(bound))) {
        Wake wake = next.get();
        if (!wake.isInForce(closedThrough)) {
          return wake.day();
        }

        state = waking.wake(state, wake, line -> keep(line, out));
        lastWake = lastWake == null || lastWake.isBefore(wake.at()) ? wake.at() : lastWake;
        next = waking.nextWake(state);
        if (next.isPresent() && !next.get().at().isAfter(wake.at())) {
          throw new IllegalStateException(
              "%s waits for %s after it was woken for %s; it must wait for a later day"
                  .formatted(fold.name(), next.get().day(), wake.day()));
        }
      }
      return null;
    }

    void fold(Entry<E> entry, Consumer<L> out) {
      packedEntries.add(entry);
      first = first == null ? entry.place() : first;
      last = entry.place();
      int times = mayRepeat.test(entry.event()) ? entry.count() : Math.min(entry.count(), 1);
      for (int i = 0; i < times; i++) {
        state = fold.step(state, entry.place(), entry.event(), line -> keep(line, out));
      }
      PackedList.Mark entries = packedEntries.mark();
      if (entries.size() % entriesPerSegment == 0) {
        waypoints.add(new Waypoint<>(entries, last, packedLines.mark(), state, lastWake, within));
      }
    }

    private void keep(L line, Consumer<L> out) {
      if (!line.isZero()) {
        packedLines.add(line);
        out.accept(line);
      }
    }

    Piece<S> build(byte[] end) {
      PackedList.Mark entries = packedEntries.mark();
      return new Piece<>(
          new Segment(entries, last, end, packedLines.mark()),
          start,
          packedEntries.list(),
          packedLines.list(),
          first,
          waypoints.size() < 2 ? List.of() : Waypoints.thinned(waypoints, entries.size()),
          lastWake,
          within,
          behind);
    }
  }

  /** Posts lines and counts them. */
  private final class Tally {
    private final Book<L> book;
    private long posted;
    private long reversed;
    private Entry<?> unsettled;

    Tally(Book<L> book) {
      this.book = book;
    }

    void post(L line) {
      posted++;
      book.post(line, 1);
    }

    void postDifference(List<L> old, List<L> renewed) {
      if (old.isEmpty()) {
        renewed.forEach(this::post);
        return;
      }

      Map<L, Integer> difference = new LinkedHashMap<>();
      old.forEach(line -> difference.merge(line, -1, Integer::sum));
      renewed.forEach(line -> difference.merge(line, 1, Integer::sum));
      for (Map.Entry<L, Integer> entry : difference.entrySet()) {
        for (int i = entry.getValue(); i < 0; i++) {
          reversed++;
          book.post(entry.getKey().negate(), -1);
        }
        for (int i = entry.getValue(); i > 0; i--) {
          post(entry.getKey());
        }
      }
    }
  }
}
