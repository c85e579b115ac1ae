package dev.tributary.domain;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A sorted map that never changes: {@link #with} and {@link #without} give a new map that shares
 * all but a path with the old one. A fold's state is a value, and with ordinary maps every event
 * would copy all of it; here an event costs the logarithm of the state's size. Keys are in their
 * natural order.
 *
 * @param <K> the keys
 * @param <V> the values, never null
 */
// Plain SortedMap is what states declare; nothing here walks backwards.
@SuppressWarnings("JdkObsolete")
public final class PersistentSortedMap<K extends Comparable<? super K>, V> extends AbstractMap<K, V>
    implements SortedMap<K, V> {

  // The weights of Adams' weight-balanced tree for which its balance is proven (Hirai, Yamamoto).
  private static final int MAX_RATIO = 3;
  private static final int SINGLE_ROTATION_RATIO = 2;

  private final Node<K, V> root;

  private PersistentSortedMap(Node<K, V> root) {
    this.root = root;
  }

  /** The map without entries. */
  public static <K extends Comparable<? super K>, V> PersistentSortedMap<K, V> empty() {
    return new PersistentSortedMap<>(null);
  }

  /**
   * The same entries as a persistent map; costs nothing when the map is one already.
   *
   * @throws IllegalArgumentException when the map has an order of its own
   */
  public static <K extends Comparable<? super K>, V> PersistentSortedMap<K, V> copyOf(
      SortedMap<K, V> map) {
    if (map instanceof PersistentSortedMap<K, V> persistent) {
      return persistent;
    }
    if (map.comparator() != null) {
      throw new IllegalArgumentException("only maps in their keys' natural order can be copied");
    }
    List<Map.Entry<K, V>> entries = new ArrayList<>(map.entrySet());
    return new PersistentSortedMap<>(balanced(entries, 0, entries.size()));
  }

  /** This map with the value at the key, in place of the one that was there. */
  public PersistentSortedMap<K, V> with(K key, V value) {
    requireNonNull(value, "value");
    return new PersistentSortedMap<>(with(root, key, value));
  }

  /** This map without the key. */
  public PersistentSortedMap<K, V> without(K key) {
    return containsKey(key) ? new PersistentSortedMap<>(without(root, key)) : this;
  }

  /** The entry with the smallest key that is not before the given one. */
  public Optional<Map.Entry<K, V>> firstFrom(K key) {
    Node<K, V> found = null;
    Node<K, V> node = root;
    while (node != null) {
      if (node.key().compareTo(key) >= 0) {
        found = node;
        node = node.left();
      } else {
        node = node.right();
      }
    }
    return Optional.ofNullable(found).map(Node::entry);
  }

  /** The entries from the smallest key on that is not before the given one. */
  public Iterator<Map.Entry<K, V>> iteratorFrom(K key) {
    return new InOrder<>(root, node -> node.key().compareTo(key) >= 0);
  }

  @Override
  public int size() {
    return Node.sizeOf(root);
  }

  @Override
  public V get(Object key) {
    // A key of another type fails the comparison, as it does in a TreeMap.
    @SuppressWarnings("unchecked")
    K wanted = (K) key;
    Node<K, V> node = root;
    while (node != null) {
      int order = wanted.compareTo(node.key());
      if (order == 0) {
        return node.value();
      }
      node = order < 0 ? node.left() : node.right();
    }
    return null;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public Comparator<? super K> comparator() {
    return null;
  }

  @Override
  public K firstKey() {
    if (root == null) {
      throw new NoSuchElementException("the map is empty");
    }
    return entrySet().iterator().next().getKey();
  }

  @Override
  public K lastKey() {
    if (root == null) {
      throw new NoSuchElementException("the map is empty");
    }
    Node<K, V> node = root;
    while (node.right() != null) {
      node = node.right();
    }
    return node.key();
  }

  /** {@inheritDoc} A copy: the folds read ranges with {@link #firstFrom}. */
  @Override
  public SortedMap<K, V> subMap(K fromKey, K toKey) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(this).subMap(fromKey, toKey));
  }

  /** {@inheritDoc} A copy: the folds read ranges with {@link #firstFrom}. */
  @Override
  public SortedMap<K, V> headMap(K toKey) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(this).headMap(toKey));
  }

  /** {@inheritDoc} A copy: the folds read ranges with {@link #firstFrom}. */
  @Override
  public SortedMap<K, V> tailMap(K fromKey) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(this).tailMap(fromKey));
  }

  @Override
  public Set<Map.Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Map.Entry<K, V>> iterator() {
        return new InOrder<>(root, node -> true);
      }

      @Override
      public int size() {
        return Node.sizeOf(root);
      }
    };
  }

  private static <K, V> Node<K, V> balanced(List<Map.Entry<K, V>> entries, int from, int to) {
    if (from == to) {
      return null;
    }
    int middle = (from + to) >>> 1;
    Map.Entry<K, V> entry = entries.get(middle);
    return Node.of(
        entry.getKey(),
        requireNonNull(entry.getValue(), "value"),
        balanced(entries, from, middle),
        balanced(entries, middle + 1, to));
  }

  private static <K extends Comparable<? super K>, V> Node<K, V> with(
      Node<K, V> node, K key, V value) {
    if (node == null) {
      return Node.of(requireNonNull(key, "key"), value, null, null);
    }
    int order = key.compareTo(node.key());
    if (order < 0) {
      return rebalanced(node, with(node.left(), key, value), node.right());
    }
    if (order > 0) {
      return rebalanced(node, node.left(), with(node.right(), key, value));
    }
    return Node.of(key, value, node.left(), node.right());
  }

  private static <K extends Comparable<? super K>, V> Node<K, V> without(Node<K, V> node, K key) {
    int order = key.compareTo(node.key());
    if (order < 0) {
      return rebalanced(node, without(node.left(), key), node.right());
    }
    if (order > 0) {
      return rebalanced(node, node.left(), without(node.right(), key));
    }
    if (node.left() == null) {
      return node.right();
    }
    if (node.right() == null) {
      return node.left();
    }
    Node<K, V> next = first(node.right());
    return rebalanced(next, node.left(), without(node.right(), next.key()));
  }

  private static <K, V> Node<K, V> first(Node<K, V> node) {
    Node<K, V> first = node;
    while (first.left() != null) {
      first = first.left();
    }
    return first;
  }

  private static <K, V> Node<K, V> rebalanced(Node<K, V> top, Node<K, V> left, Node<K, V> right) {
    if (Node.weight(right) > MAX_RATIO * Node.weight(left)) {
      if (Node.weight(right.left()) < SINGLE_ROTATION_RATIO * Node.weight(right.right())) {
        return Node.like(right, Node.like(top, left, right.left()), right.right());
      }
      Node<K, V> pivot = right.left();
      return Node.like(
          pivot,
          Node.like(top, left, pivot.left()),
          Node.like(right, pivot.right(), right.right()));
    }
    if (Node.weight(left) > MAX_RATIO * Node.weight(right)) {
      if (Node.weight(left.right()) < SINGLE_ROTATION_RATIO * Node.weight(left.left())) {
        return Node.like(left, left.left(), Node.like(top, left.right(), right));
      }
      Node<K, V> pivot = left.right();
      return Node.like(
          pivot, Node.like(left, left.left(), pivot.left()), Node.like(top, pivot.right(), right));
    }
    return Node.like(top, left, right);
  }

  private record Node<K, V>(K key, V value, int size, Node<K, V> left, Node<K, V> right) {

    static <K, V> Node<K, V> of(K key, V value, Node<K, V> left, Node<K, V> right) {
      return new Node<>(key, value, sizeOf(left) + sizeOf(right) + 1, left, right);
    }

    static <K, V> Node<K, V> like(Node<K, V> node, Node<K, V> left, Node<K, V> right) {
      return of(node.key, node.value, left, right);
    }

    static int sizeOf(Node<?, ?> node) {
      return node == null ? 0 : node.size;
    }

    static int weight(Node<?, ?> node) {
      return sizeOf(node) + 1;
    }

    Map.Entry<K, V> entry() {
      return Map.entry(key, value);
    }
  }

  private static final class InOrder<K, V> implements Iterator<Map.Entry<K, V>> {

    private final Deque<Node<K, V>> path = new ArrayDeque<>();

    /**
     * @param within holds for the nodes to come, which follow all others
     */
    InOrder(Node<K, V> root, Predicate<Node<K, V>> within) {
      Node<K, V> node = root;
      while (node != null) {
        if (within.test(node)) {
          path.push(node);
          node = node.left();
        } else {
          node = node.right();
        }
      }
    }

    @Override
    public boolean hasNext() {
      return !path.isEmpty();
    }

    @Override
    public Map.Entry<K, V> next() {
      Node<K, V> next = path.pop();
      for (Node<K, V> node = next.right(); node != null; node = node.left()) {
        path.push(node);
      }
      return next.entry();
    }
  }
}
