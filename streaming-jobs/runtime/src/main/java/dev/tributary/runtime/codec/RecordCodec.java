package dev.tributary.runtime.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.ObjectStreamException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Writes plain records, so that domain types need no serialization code of their own.
 *
 * <p>Supported components: {@code long}, {@code int}, {@code boolean}, {@code String}, {@code
 * byte[]}, enums, {@code LocalDate}, {@code Instant}, records, sealed interfaces of records or of
 * other sealed interfaces, {@code List}, {@code SortedSet}, {@code SortedMap}; in collections
 * {@code Long} and {@code Boolean}. Every other reference may be null, elements of collections
 * included.
 */
public final class RecordCodec<T> implements Codec<T> {

  private static final long serialVersionUID = 1L;

  private final Class<T> type;
  private final transient Node node;

  private RecordCodec(Class<T> type) {
    this.type = type;
    this.node = nodeOf(type);
  }

  /**
   * The codec of a record or of a sealed interface.
   *
   * @throws IllegalArgumentException naming the component whose type is not supported
   */
  public static <T> RecordCodec<T> of(Class<T> type) {
    return new RecordCodec<>(type);
  }

  @Override
  public void write(T value, DataOutput out) throws IOException {
    node.write(value, out);
  }

  @Override
  public T read(DataInput in) throws IOException {
    return type.cast(node.read(in));
  }

  @Override
  public String layout() {
    return node.layout();
  }

  private Object readResolve() throws ObjectStreamException {
    return new RecordCodec<>(type);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecordCodec<?> codec && codec.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  private interface Node {
    void write(Object value, DataOutput out) throws IOException;

    Object read(DataInput in) throws IOException;

    String layout();
  }

  private static Node nodeOf(Type type) {
    if (type instanceof ParameterizedType parameterized) {
      Class<?> raw = (Class<?>) parameterized.getRawType();
      Type[] arguments = parameterized.getActualTypeArguments();
      if (raw == List.class) {
        return new ListNode(nodeOf(arguments[0]));
      }

      if (raw == SortedSet.class) {
        return new SetNode(nodeOf(arguments[0]));
      }

      if (raw == SortedMap.class) {
        return new MapNode(nodeOf(arguments[0]), nodeOf(arguments[1]));
      }

    } else if (type instanceof Class<?> plain) {
      if (plain == long.class || plain == Long.class) {
        return Scalar.LONG;
      }

      if (plain == int.class) {
        return Scalar.INT;
      }

      if (plain == boolean.class || plain == Boolean.class) {
        return Scalar.BOOLEAN;
      }

      if (plain == String.class) {
        return Scalar.STRING;
      }

      if (plain == byte[].class) {
        return Scalar.BYTES;
      }

      if (plain == LocalDate.class) {
        return Scalar.DATE;
      }

      if (plain == Instant.class) {
        return Scalar.INSTANT;
      }

      if (plain.isEnum()) {
        return new EnumNode(plain.getEnumConstants());
      }

      if (plain.isRecord()) {
        return RecordNode.of(plain);
      }

      if (plain.isSealed()) {
        return SealedNode.of(plain);
      }
    }

    throw new IllegalArgumentException(
        "no codec for " + type + ": use one of the component types that RecordCodec documents");
  }

  static void writeVarLong(long value, DataOutput out) throws IOException {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readVarLong(DataInput in) throws IOException {
    long result = 0;
    int shift = 0;
    int read;
    do {
      read = in.readByte();
      result |= (long) (read & 0x7F) << shift;
      shift += 7;
    } while ((read & 0x80) != 0);
    return (result >>> 1) ^ -(result & 1);
  }

  private enum Scalar implements Node {
    LONG {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        writeVarLong((Long) value, out);
      }

      @Override
      public Object read(DataInput in) throws IOException {
        return readVarLong(in);
      }
    },
    INT {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        writeVarLong((Integer) value, out);
      }

      @Override
      public Object read(DataInput in) throws IOException {
        return Math.toIntExact(readVarLong(in));
      }
    },
    BOOLEAN {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        out.writeBoolean((Boolean) value);
      }

      @Override
      public Object read(DataInput in) throws IOException {
        return in.readBoolean();
      }
    },
    STRING {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        BYTES.write(value == null ? null : ((String) value).getBytes(StandardCharsets.UTF_8), out);
      }

      @Override
      public Object read(DataInput in) throws IOException {
        byte[] bytes = (byte[]) BYTES.read(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
      }
    },
    BYTES {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        byte[] bytes = (byte[]) value;
        writeVarLong(bytes == null ? -1 : bytes.length, out);
        if (bytes != null) {
          out.write(bytes);
        }
      }

      @Override
      public Object read(DataInput in) throws IOException {
        int length = Math.toIntExact(readVarLong(in));
        if (length < 0) {
          return null;
        }

        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
      }
    },
    DATE {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
          writeVarLong(((LocalDate) value).toEpochDay(), out);
        }
      }

      @Override
      public Object read(DataInput in) throws IOException {
        return in.readBoolean() ? LocalDate.ofEpochDay(readVarLong(in)) : null;
      }
    },
    INSTANT {
      @Override
      public void write(Object value, DataOutput out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
          Instant instant = (Instant) value;
          writeVarLong(instant.getEpochSecond(), out);
          writeVarLong(instant.getNano(), out);
        }
      }

      @Override
      public Object read(DataInput in) throws IOException {
        return in.readBoolean() ? Instant.ofEpochSecond(readVarLong(in), readVarLong(in)) : null;
      }
    };

    @Override
    public String layout() {
      return name();
    }
  }

  private record EnumNode(Object[] constants) implements Node {

    // The layout names all constants in their order, so a changed order is noticed at restore.
    @SuppressWarnings("EnumOrdinal")
    @Override
    public void write(Object value, DataOutput out) throws IOException {
      writeVarLong(value == null ? -1 : ((Enum<?>) value).ordinal(), out);
    }

    @Override
    public Object read(DataInput in) throws IOException {
      int ordinal = Math.toIntExact(readVarLong(in));
      return ordinal < 0 ? null : constants[ordinal];
    }

    @Override
    public String layout() {
      return Arrays.toString(constants);
    }
  }

  private record RecordNode(
      String name,
      List<String> names,
      Node[] nodes,
      List<UnaryOperator<Object>> getters,
      MethodHandle maker)
      implements Node {

    static RecordNode of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      List<String> names = new ArrayList<>();
      Node[] nodes = new Node[components.length];
      List<UnaryOperator<Object>> getters = new ArrayList<>();
      Class<?>[] parameters = new Class<?>[components.length];
      try {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        for (int i = 0; i < components.length; i++) {
          names.add(components[i].getName());
          try {
            nodes[i] = nodeOf(components[i].getGenericType());
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                type.getSimpleName() + "." + components[i].getName() + ": " + e.getMessage(), e);
          }
          getters.add(getter(lookup, components[i].getAccessor()));
          parameters[i] = components[i].getType();
        }
        MethodHandle maker =
            lookup
                .findConstructor(type, MethodType.methodType(void.class, parameters))
                .asSpreader(Object[].class, parameters.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new RecordNode(type.getSimpleName(), names, nodes, getters, maker);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException("cannot reach the components of " + type, e);
      }
    }

    /** A call of the accessor; handles that are no constants cost several times as much. */
    @SuppressWarnings("unchecked") // what the factory makes is asked for in the line before
    private static UnaryOperator<Object> getter(MethodHandles.Lookup lookup, Method accessor)
        throws ReflectiveOperationException {
      MethodHandle handle = lookup.unreflect(accessor);
      try {
        return (UnaryOperator<Object>)
            LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(UnaryOperator.class),
                    MethodType.methodType(Object.class, Object.class),
                    handle,
                    MethodType.methodType(Object.class, accessor.getDeclaringClass()))
                .getTarget()
                .invokeExact();
      } catch (RuntimeException | Error | ReflectiveOperationException e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalArgumentException("cannot call " + accessor, e);
      }
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
      out.writeBoolean(value != null);
      if (value != null) {
        for (int i = 0; i < nodes.length; i++) {
          nodes[i].write(getters.get(i).apply(value), out);
        }
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      if (!in.readBoolean()) {
        return null;
      }

      Object[] components = new Object[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        components[i] = nodes[i].read(in);
      }
      try {
        return maker.invokeExact(components);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IOException("cannot make a " + name, e);
      }
    }

    @Override
    public String layout() {
      StringBuilder layout = new StringBuilder(name).append('(');
      for (int i = 0; i < nodes.length; i++) {
        layout
            .append(i == 0 ? "" : ", ")
            .append(names.get(i))
            .append(' ')
            .append(nodes[i].layout());
      }
      return layout.append(')').toString();
    }
  }

  private record SealedNode(List<Class<?>> types, List<Node> nodes) implements Node {

    static SealedNode of(Class<?> type) {
      List<Class<?>> types =
          below(type).distinct().sorted(Comparator.comparing(Class::getSimpleName)).toList();
      return new SealedNode(types, types.stream().map(RecordCodec::nodeOf).toList());
    }

    /** The types that values can have, whatever sealed types lie between. */
    private static Stream<Class<?>> below(Class<?> type) {
      return type.isSealed()
          ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedNode::below)
          : Stream.of(type);
    }

    @Override
    public void write(Object value, DataOutput out) throws IOException {
      int index = value == null ? -1 : types.indexOf(value.getClass());
      if (value != null && index < 0) {
        throw new IllegalArgumentException(
            "no codec for %s: it is none of %s".formatted(value.getClass(), types));
      }

      writeVarLong(index, out);
      if (index >= 0) {
        nodes.get(index).write(value, out);
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      int index = Math.toIntExact(readVarLong(in));
      return index < 0 ? null : nodes.get(index).read(in);
    }

    @Override
    public String layout() {
      return nodes.stream().map(Node::layout).toList().toString();
    }
  }

  private record ListNode(Node element) implements Node {

    @Override
    public void write(Object value, DataOutput out) throws IOException {
      List<?> list = (List<?>) value;
      writeVarLong(list == null ? -1 : list.size(), out);
      if (list != null) {
        for (Object each : list) {
          element.write(each, out);
        }
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      int size = Math.toIntExact(readVarLong(in));
      if (size < 0) {
        return null;
      }

      List<Object> list = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        list.add(element.read(in));
      }
      return Collections.unmodifiableList(list);
    }

    @Override
    public String layout() {
      return "List<" + element.layout() + ">";
    }
  }

  private record SetNode(Node element) implements Node {

    @Override
    public void write(Object value, DataOutput out) throws IOException {
      SortedSet<?> set = (SortedSet<?>) value;
      writeVarLong(set == null ? -1 : set.size(), out);
      if (set != null) {
        for (Object each : set) {
          element.write(each, out);
        }
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      int size = Math.toIntExact(readVarLong(in));
      if (size < 0) {
        return null;
      }

      SortedSet<Object> set = new TreeSet<>();
      for (int i = 0; i < size; i++) {
        set.add(element.read(in));
      }
      return Collections.unmodifiableSortedSet(set);
    }

    @Override
    public String layout() {
      return "SortedSet<" + element.layout() + ">";
    }
  }

  private record MapNode(Node key, Node value) implements Node {

    @Override
    public void write(Object written, DataOutput out) throws IOException {
      SortedMap<?, ?> map = (SortedMap<?, ?>) written;
      writeVarLong(map == null ? -1 : map.size(), out);
      if (map != null) {
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          key.write(entry.getKey(), out);
          value.write(entry.getValue(), out);
        }
      }
    }

    @Override
    public Object read(DataInput in) throws IOException {
      int size = Math.toIntExact(readVarLong(in));
      if (size < 0) {
        return null;
      }

      SortedMap<Object, Object> map = new TreeMap<>();
      for (int i = 0; i < size; i++) {
        Object readKey = key.read(in);
        map.put(readKey, value.read(in));
      }
      return Collections.unmodifiableSortedMap(map);
    }

    @Override
    public String layout() {
      return "SortedMap<" + key.layout() + ", " + value.layout() + ">";
    }
  }
}
