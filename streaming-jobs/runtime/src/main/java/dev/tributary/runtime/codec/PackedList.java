package dev.tributary.runtime.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Values of one type, one behind the other, as the bytes they are written in.
 *
 * <p>For lists in state that grow at their end and are seldom read: what is added comes in a list
 * of its own, and a checkpoint only copies.
 *
 * @param size how many values
 * @param bytes of all of them; not to be changed
 */
public record PackedList(int size, byte[] bytes) {

  /** A place between two values of a list. */
  public record Mark(int size, int bytes) {

    public static final Mark BEGIN = new Mark(0, 0);
  }

  public static final PackedList EMPTY = new PackedList(0, new byte[0]);

  /** One list of the values of several. */
  public static PackedList concat(Iterable<PackedList> parts) {
    int size = 0;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (PackedList part : parts) {
      size += part.size();
      bytes.writeBytes(part.bytes());
    }
    return new PackedList(size, bytes.toByteArray());
  }

  /** Where the list ends. */
  public Mark end() {
    return new Mark(size, bytes.length);
  }

  /** The serializer of lists of what a codec writes; it copies bytes. */
  public static TypeSerializer<PackedList> serializer(Codec<?> values) {
    return new CodecSerializer<>(new ListCodec(values));
  }

  /** Remembers the layout inside, so that state of another one is refused. */
  private record ListCodec(Codec<?> values) implements Codec<PackedList> {

    @Override
    public void write(PackedList list, DataOutput out) throws IOException {
      out.writeInt(list.size());
      Codec.writeBytes(list.bytes(), out);
    }

    @Override
    public PackedList read(DataInput in) throws IOException {
      return new PackedList(in.readInt(), Codec.readBytes(in));
    }

    @Override
    public String layout() {
      return "PackedList<" + values.layout() + ">";
    }
  }

  /** Makes packed lists, one at a time, and reads them. */
  public static final class Packer<T> {

    private static final int FIRST_BYTES = 4096;

    private final Codec<T> codec;
    private final DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
    private final DataInputDeserializer in = new DataInputDeserializer();
    private Mark before = Mark.BEGIN;
    private int added;

    public Packer(Codec<T> codec) {
      this.codec = codec;
    }

    /** Begins a list with what another holds before a mark. What was begun is forgotten. */
    public void begin(PackedList other, Mark end) {
      try {
        out.clear();
        out.write(other.bytes(), 0, end.bytes());
        before = Mark.BEGIN;
        added = end.size();
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
    }

    /** Begins what is to come behind the end of another list. What was begun is forgotten. */
    public void begin(Mark end) {
      out.clear();
      before = end;
      added = 0;
    }

    /** Adds a value at the end. */
    public void add(T value) {
      try {
        codec.write(value, out);
        added++;
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail", e);
      }
    }

    /** Where the list that was begun ends by now, what it comes behind included. */
    public Mark mark() {
      return new Mark(before.size() + added, before.bytes() + out.length());
    }

    /** The list as it is by now, without what it comes behind. */
    public PackedList list() {
      return new PackedList(added, out.getCopyOfBuffer());
    }

    /** The values of a list behind a mark. */
    public List<T> behind(PackedList list, Mark mark) {
      if (list.size() == mark.size()) {
        return List.of();
      }

      try {
        in.setBuffer(list.bytes(), mark.bytes(), list.bytes().length - mark.bytes());
        List<T> values = new ArrayList<>(list.size() - mark.size());
        for (int i = mark.size(); i < list.size(); i++) {
          values.add(codec.read(in));
        }
        return values;
      } catch (IOException e) {
        throw new UncheckedIOException("state holds bytes that are no " + codec.layout(), e);
      }
    }
  }
}
