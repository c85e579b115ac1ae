package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where in a subject's history each segment begins. */
record SegmentIndex(List<Ref> refs, int nextId) {

  static final SegmentIndex EMPTY = new SegmentIndex(List.of(), 0);

  /**
   * @param first place of the segment's first entry
   */
  record Ref(int id, Place first) {}

  /** Position of the segment that holds the place or would hold it; 0 in an empty index. */
  int positionOf(Place place) {
    int low = 0;
    int high = refs.size() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (refs.get(middle).first().compareTo(place) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Position of the first segment that has one of these ids. */
  int firstOf(Set<Integer> ids) {
    for (int position = 0; position < refs.size(); position++) {
      if (ids.contains(refs.get(position).id())) {
        return position;
      }
    }
    throw new IllegalStateException("no segment has an id of " + ids);
  }

  /** Id of the segment at a position; of an empty index, the id of the one to come. */
  int idAt(int position) {
    return refs.isEmpty() ? nextId : refs.get(position).id();
  }

  SegmentIndex replace(int position, List<Place> firsts) {
    List<Ref> changed = new ArrayList<>(refs.subList(0, Math.min(position, refs.size())));
    int next = nextId;
    for (int i = 0; i < firsts.size(); i++) {
      boolean keepsId = i == 0 && position < refs.size();
      changed.add(new Ref(keepsId ? refs.get(position).id() : next++, firsts.get(i)));
    }
    if (position < refs.size()) {
      changed.addAll(refs.subList(position + 1, refs.size()));
    }
    return new SegmentIndex(List.copyOf(changed), next);
  }
}
