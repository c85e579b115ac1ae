package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.PackedList.Mark;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A stretch of a subject's history between two states the fold can resume from. Its entries, lines
 * and first state are kept beside it: most segments only grow at their end, which needs no look at
 * what is there.
 *
 * @param entries where its entries end
 * @param last place of the last entry
 * @param end the fold's state after the last entry, as bytes
 * @param lines where the lines end that these entries have posted
 */
record Segment(Mark entries, Place last, byte[] end, Mark lines) {

  /**
   * @param state of the fold, for the layout
   */
  record SegmentCodec(Codec<?> state) implements Codec<Segment> {

    private static final RecordCodec<Place> PLACE = RecordCodec.of(Place.class);

    @Override
    public void write(Segment segment, DataOutput out) throws IOException {
      write(segment.entries(), out);
      PLACE.write(segment.last(), out);
      Codec.writeBytes(segment.end(), out);
      write(segment.lines(), out);
    }

    private static void write(Mark mark, DataOutput out) throws IOException {
      out.writeInt(mark.size());
      out.writeInt(mark.bytes());
    }

    @Override
    public Segment read(DataInput in) throws IOException {
      Mark entries = new Mark(in.readInt(), in.readInt());
      Place last = PLACE.read(in);
      byte[] end = Codec.readBytes(in);
      return new Segment(entries, last, end, new Mark(in.readInt(), in.readInt()));
    }

    @Override
    public String layout() {
      return "Segment<" + state.layout() + ">";
    }
  }
}
