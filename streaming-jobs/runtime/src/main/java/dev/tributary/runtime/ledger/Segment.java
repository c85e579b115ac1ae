package dev.tributary.runtime.ledger;

import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stretch of a subject's history between two states the fold can resume from.
 *
 * @param entries in history order
 * @param start the fold's state before the first entry, as bytes
 * @param end the fold's state after the last entry, as bytes
 * @param lines what these entries have posted
 */
record Segment<E, L>(List<Entry<E>> entries, byte[] start, byte[] end, List<L> lines) {

  record SegmentCodec<E, L>(Codec<E> event, Codec<L> line) implements Codec<Segment<E, L>> {

    private static final RecordCodec<dev.tributary.domain.Place> PLACE =
        RecordCodec.of(dev.tributary.domain.Place.class);

    @Override
    public void write(Segment<E, L> segment, DataOutput out) throws IOException {
      out.writeInt(segment.entries().size());
      for (Entry<E> entry : segment.entries()) {
        PLACE.write(entry.place(), out);
        out.writeUTF(entry.hash());
        out.writeInt(entry.count());
        event.write(entry.event(), out);
      }
      writeBytes(segment.start(), out);
      writeBytes(segment.end(), out);
      out.writeInt(segment.lines().size());
      for (L each : segment.lines()) {
        line.write(each, out);
      }
    }

    @Override
    public Segment<E, L> read(DataInput in) throws IOException {
      int size = in.readInt();
      List<Entry<E>> entries = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        entries.add(new Entry<>(PLACE.read(in), in.readUTF(), in.readInt(), event.read(in)));
      }
      byte[] start = readBytes(in);
      byte[] end = readBytes(in);
      int posted = in.readInt();
      List<L> lines = new ArrayList<>(posted);
      for (int i = 0; i < posted; i++) {
        lines.add(line.read(in));
      }
      return new Segment<>(
          Collections.unmodifiableList(entries), start, end, Collections.unmodifiableList(lines));
    }

    private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
      out.writeInt(bytes.length);
      out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      return bytes;
    }

    @Override
    public String layout() {
      return "Segment<" + event.layout() + ", " + line.layout() + ">";
    }
  }
}
