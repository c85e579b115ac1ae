package dev.tributary.runtime.ledger;

import dev.tributary.domain.Place;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An event of one subject that is added or taken back.
 *
 * @param subject key of the fold
 * @param place in the subject's history
 * @param hash of the content: an event is identified by its place's event id and this
 * @param sign +1 or −1; a withdrawal carries the content it takes back
 */
public record Change<E>(String subject, Place place, String hash, int sign, E event) {

  /** Flink's view of changes of one kind of event. */
  public static <E> CodecTypeInfo<Change<E>> typeOf(Class<E> event) {
    return CodecTypeInfo.of(Change.class, new ChangeCodec<>(RecordCodec.of(event)));
  }

  private record ChangeCodec<E>(Codec<E> event) implements Codec<Change<E>> {

    private static final RecordCodec<Place> PLACE = RecordCodec.of(Place.class);

    @Override
    public void write(Change<E> change, DataOutput out) throws IOException {
      out.writeUTF(change.subject());
      PLACE.write(change.place(), out);
      out.writeUTF(change.hash());
      out.writeByte(change.sign());
      event.write(change.event(), out);
    }

    @Override
    public Change<E> read(DataInput in) throws IOException {
      return new Change<>(
          in.readUTF(), PLACE.read(in), in.readUTF(), in.readByte(), event.read(in));
    }

    @Override
    public String layout() {
      return "Change<" + event.layout() + ">";
    }
  }
}
