package dev.tributary.runtime.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** The byte layouts that the sink's messages and state share. */
final class Bytes {

  private Bytes() {}

  /** A serializer with one version so far. */
  abstract static class Versioned<T> implements SimpleVersionedSerializer<T> {

    private static final int VERSION = 1;

    abstract void write(T value, DataOutputView target) throws IOException;

    abstract T read(DataInputView source) throws IOException;

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
      DataOutputSerializer target = new DataOutputSerializer(1024);
      write(value, target);
      return target.getCopyOfBuffer();
    }

    @Override
    public T deserialize(int version, byte[] bytes) throws IOException {
      if (version != VERSION) {
        throw new IOException(
            getClass().getSimpleName() + " reads version " + VERSION + ", not " + version);
      }
      return read(new DataInputDeserializer(bytes));
    }
  }

  static void writeCounts(Map<String, Long> counts, DataOutputView target) throws IOException {
    target.writeInt(counts.size());
    for (Map.Entry<String, Long> count : counts.entrySet()) {
      target.writeUTF(count.getKey());
      target.writeLong(count.getValue());
    }
  }

  static Map<String, Long> readCounts(DataInputView source) throws IOException {
    TreeMap<String, Long> counts = new TreeMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      counts.put(source.readUTF(), source.readLong());
    }
    return counts;
  }

  /** Data files as JSON can be longer than the 65,535 bytes of {@code writeUTF}. */
  static void writeTexts(Map<String, List<String>> texts, DataOutputView target)
      throws IOException {
    target.writeInt(texts.size());
    for (Map.Entry<String, List<String>> entry : texts.entrySet()) {
      target.writeUTF(entry.getKey());
      target.writeInt(entry.getValue().size());
      for (String text : entry.getValue()) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        target.writeInt(bytes.length);
        target.write(bytes);
      }
    }
  }

  static Map<String, List<String>> readTexts(DataInputView source) throws IOException {
    TreeMap<String, List<String>> texts = new TreeMap<>();
    for (int left = source.readInt(); left > 0; left--) {
      String key = source.readUTF();
      List<String> values = new ArrayList<>();
      for (int valuesLeft = source.readInt(); valuesLeft > 0; valuesLeft--) {
        byte[] bytes = new byte[source.readInt()];
        source.readFully(bytes);
        values.add(new String(bytes, StandardCharsets.UTF_8));
      }
      texts.put(key, values);
    }
    return texts;
  }
}
