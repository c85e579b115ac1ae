package dev.tributary.domain.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Survivors over seeded random merges and splits, against walking from id to id. */
public final class ClusterChecks {

  private ClusterChecks() {}

  /** Fails with the seed of the merges that do not hold. */
  public static void run() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<Merge> merges = new ArrayList<>();
      Set<String> undone = new HashSet<>();
      for (int i = 0; i < 25; i++) {
        String before = "c" + random.nextInt(30);
        String touched = "c" + random.nextInt(30);
        Map<String, String> known = Clusters.survivors(merges, undone);
        if (random.nextInt(3) == 0 && !merges.isEmpty()) {
          Merge split = merges.get(random.nextInt(merges.size()));
          aChangeIsSeenAroundIt(
              seed,
              merges,
              undone,
              known,
              Set.of(split.customerId(), split.duplicateId()),
              () -> undone.add(split.eventId()));
        } else if (!before.equals(touched)) {
          Merge merge = new Merge("m" + i, before, touched);
          aChangeIsSeenAroundIt(
              seed, merges, undone, known, Set.of(before, touched), () -> merges.add(merge));
        }
        Collections.shuffle(merges, random);
        assertThat(Clusters.survivors(merges, undone))
            .as("seed %d: %s without %s", seed, merges, undone)
            .isEqualTo(walked(merges, undone));
      }
    }
  }

  private static void aChangeIsSeenAroundIt(
      long seed,
      List<Merge> merges,
      Set<String> undone,
      Map<String, String> known,
      Set<String> ids,
      Runnable change) {
    Map<String, String> before = Clusters.survivors(around(ids, merges), undone);
    change.run();
    Map<String, String> after = Clusters.survivors(around(ids, merges), undone);

    Map<String, String> updated = new TreeMap<>(known);
    for (String id : ids) {
      updated.putIfAbsent(id, id);
    }
    updated.putAll(Clusters.moved(before, after));
    assertThat(updated)
        .as("seed %d: change about %s", seed, ids)
        .isEqualTo(Clusters.survivors(merges, undone));
  }

  /**
   * The merges that connect the given ids to anything, undone ones included: a superset of the
   * clusters that a change about these ids can touch.
   */
  private static List<Merge> around(Collection<String> ids, Collection<Merge> merges) {
    Map<String, List<Merge>> byId = new HashMap<>();
    for (Merge merge : merges) {
      byId.computeIfAbsent(merge.customerId(), id -> new ArrayList<>()).add(merge);
      byId.computeIfAbsent(merge.duplicateId(), id -> new ArrayList<>()).add(merge);
    }
    Set<String> reached = new HashSet<>(ids);
    Deque<String> next = new ArrayDeque<>(reached);
    while (!next.isEmpty()) {
      for (Merge merge : byId.getOrDefault(next.pop(), List.of())) {
        for (String id : List.of(merge.customerId(), merge.duplicateId())) {
          if (reached.add(id)) {
            next.push(id);
          }
        }
      }
    }
    return merges.stream().filter(merge -> reached.contains(merge.customerId())).toList();
  }

  private static Map<String, String> walked(List<Merge> merges, Set<String> undone) {
    Set<String> ids = new TreeSet<>();
    for (Merge merge : merges) {
      ids.add(merge.customerId());
      ids.add(merge.duplicateId());
    }
    Map<String, String> survivors = new TreeMap<>();
    for (String id : ids) {
      TreeSet<String> reached = new TreeSet<>(Set.of(id));
      int size = 0;
      while (size != reached.size()) {
        size = reached.size();
        for (Merge merge : merges) {
          boolean connects =
              reached.contains(merge.customerId()) || reached.contains(merge.duplicateId());
          if (connects && !undone.contains(merge.eventId())) {
            reached.add(merge.customerId());
            reached.add(merge.duplicateId());
          }
        }
      }
      survivors.put(id, reached.first());
    }
    return survivors;
  }
}
