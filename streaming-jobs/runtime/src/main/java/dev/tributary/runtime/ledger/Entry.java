package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One event in a subject's history.
 *
 * @param count how often it was added less how often it was taken back; at every barrier 1, or more
 *     where the event may repeat; other values only between barriers
 */
record Entry<E>(Place place, String hash, int count, E event) {

  record EntryCodec<E>(Codec<E> event) implements Codec<Entry<E>> {

    private static final RecordCodec<Place> PLACE = RecordCodec.of(Place.class);

    @Override
    public void write(Entry<E> entry, DataOutput out) throws IOException {
      PLACE.write(entry.place(), out);
      out.writeUTF(entry.hash());
      out.writeInt(entry.count());
      event.write(entry.event(), out);
    }

    @Override
    public Entry<E> read(DataInput in) throws IOException {
      return new Entry<>(PLACE.read(in), in.readUTF(), in.readInt(), event.read(in));
    }

    @Override
    public String layout() {
      return "Entry<" + event.layout() + ">";
    }
  }
}
