package dev.tributary.runtime.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.runtime.codec.PackedList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segments of one subject, without a state backend. */
final class SegmentsInMemory implements History.Store {

  private record Kept(
      Segment segment, byte[] start, List<PackedList> entries, List<PackedList> lines) {}

  private final String subject;
  private final Map<Integer, Kept> segments = new HashMap<>();
  private SegmentIndex index = SegmentIndex.EMPTY;
  private Watches watches = Watches.NONE;

  SegmentsInMemory(String subject) {
    this.subject = subject;
  }

  int size() {
    return segments.size();
  }

  @Override
  public String subject() {
    return subject;
  }

  @Override
  public SegmentIndex index() {
    return index;
  }

  @Override
  public void putIndex(SegmentIndex changed) {
    index = changed;
  }

  @Override
  public Segment segment(int id) {
    return segments.get(id).segment();
  }

  @Override
  public byte[] start(int id) {
    return segments.get(id).start();
  }

  @Override
  public PackedList entries(int id) {
    return checked(PackedList.concat(segments.get(id).entries()), segment(id).entries());
  }

  @Override
  public PackedList lines(int id) {
    return checked(PackedList.concat(segments.get(id).lines()), segment(id).lines());
  }

  private static PackedList checked(PackedList list, PackedList.Mark end) {
    assertThat(list.end()).as("where the segment says that its list ends").isEqualTo(end);
    return list;
  }

  @Override
  public void put(int id, Segment segment, byte[] start, PackedList entries, PackedList lines) {
    segments.put(
        id,
        new Kept(
            segment, start, new ArrayList<>(List.of(entries)), new ArrayList<>(List.of(lines))));
  }

  @Override
  public void append(int id, Segment segment, PackedList entries, PackedList lines) {
    Kept kept = segments.get(id);
    kept.entries().add(entries);
    kept.lines().add(lines);
    segments.put(id, new Kept(segment, kept.start(), kept.entries(), kept.lines()));
  }

  @Override
  public void remove(int id) {
    segments.remove(id);
  }

  @Override
  public Watches watches() {
    return watches;
  }

  @Override
  public void putWatches(Watches changed) {
    watches = changed;
  }
}
