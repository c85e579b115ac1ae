package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.PackedList;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A stretch of a subject's history between two states the fold can resume from. All of it is kept
 * as bytes: most segments only grow at their end, which needs no look at what is there.
 *
 * @param entries in history order
 * @param last place of the last entry; null when there is none
 * @param start the fold's state before the first entry
 * @param end the fold's state after the last entry
 * @param lines what these entries have posted
 */
record Segment(PackedList entries, Place last, byte[] start, byte[] end, PackedList lines) {

  /** The history before the first event. */
  static Segment before(byte[] start) {
    return new Segment(PackedList.EMPTY, null, start, start, PackedList.EMPTY);
  }

  /**
   * Copies bytes; what an entry or a line looks like inside is only part of the layout.
   *
   * @param entry of the segment's entries
   * @param line of the segment's lines
   */
  record SegmentCodec(Codec<?> entry, Codec<?> line) implements Codec<Segment> {

    private static final RecordCodec<Place> PLACE = RecordCodec.of(Place.class);

    @Override
    public void write(Segment segment, DataOutput out) throws IOException {
      segment.entries().write(out);
      PLACE.write(segment.last(), out);
      writeBytes(segment.start(), out);
      writeBytes(segment.end(), out);
      segment.lines().write(out);
    }

    @Override
    public Segment read(DataInput in) throws IOException {
      return new Segment(
          PackedList.read(in), PLACE.read(in), readBytes(in), readBytes(in), PackedList.read(in));
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
      return "Segment<" + entry.layout() + ", " + line.layout() + ">";
    }
  }
}
