package dev.tributary.domain.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which ids are one customer: those connected by merges that no split has undone. The survivor of a
 * cluster is its smallest id, so it depends on the merges alone and not on their order. All merges
 * given are those of one company.
 *
 * <p>A change touches the clusters around it: {@link #survivors} is taken of these before and
 * after, and {@link #moved} says which ids have to be told.
 */
public final class Clusters {

  private Clusters() {}

  /**
   * The survivor of every id that the merges name, its own where it stands alone.
   *
   * @param merges merges of whole clusters, in any order
   * @param undone event ids of the merges that are undone; one that is unknown undoes nothing
   */
  public static SortedMap<String, String> survivors(Collection<Merge> merges, Set<String> undone) {
    Map<String, String> parents = new HashMap<>();
    for (Merge merge : merges) {
      parents.putIfAbsent(merge.customerId(), merge.customerId());
      parents.putIfAbsent(merge.duplicateId(), merge.duplicateId());
      if (!undone.contains(merge.eventId())) {
        join(parents, merge.customerId(), merge.duplicateId());
      }
    }
    SortedMap<String, String> survivors = new TreeMap<>();
    for (String id : parents.keySet()) {
      survivors.put(id, root(parents, id));
    }
    return survivors;
  }

  /**
   * The ids whose survivor differs between two answers of {@link #survivors}, with the survivor
   * after; an id that an answer does not name is its own survivor there.
   */
  public static SortedMap<String, String> moved(
      Map<String, String> before, Map<String, String> after) {
    SortedMap<String, String> moved = new TreeMap<>();
    Set<String> ids = new HashSet<>(before.keySet());
    ids.addAll(after.keySet());
    for (String id : ids) {
      String survivor = after.getOrDefault(id, id);
      if (!Objects.equals(before.getOrDefault(id, id), survivor)) {
        moved.put(id, survivor);
      }
    }
    return moved;
  }

  private static void join(Map<String, String> parents, String one, String other) {
    String a = root(parents, one);
    String b = root(parents, other);
    if (a.compareTo(b) < 0) {
      parents.put(b, a);
    } else {
      parents.put(a, b);
    }
  }

  private static String root(Map<String, String> parents, String id) {
    String root = id;
    while (!parents.get(root).equals(root)) {
      root = parents.get(root);
    }
    // Without this a long chain of merges costs its square.
    String step = id;
    while (!step.equals(root)) {
      step = parents.put(step, root);
    }
    return root;
  }
}
