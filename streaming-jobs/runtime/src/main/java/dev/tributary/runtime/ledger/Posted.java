package dev.tributary.runtime.ledger;

import dev.tributary.domain.Line;
import dev.tributary.runtime.codec.Codec;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.codec.RecordCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A line that was posted, for the folds that are fed by it.
 *
 * @param line reversals have their measures' signs turned, so that sums stay right
 * @param sign +1 for a new line, −1 for a reversal
 */
public record Posted<L extends Line<L>>(String subject, L line, int sign) {

  /** The line as it was posted first: of a reversal, the one that it takes back. */
  public L original() {
    return sign < 0 ? line.negate() : line;
  }

  /** Flink's view of posted lines of one kind. */
  public static <L extends Line<L>> CodecTypeInfo<Posted<L>> typeOf(Class<L> line) {
    return CodecTypeInfo.of(Posted.class, new PostedCodec<>(RecordCodec.of(line)));
  }

  private record PostedCodec<L extends Line<L>>(Codec<L> line) implements Codec<Posted<L>> {

    @Override
    public void write(Posted<L> posted, DataOutput out) throws IOException {
      out.writeUTF(posted.subject());
      line.write(posted.line(), out);
      out.writeByte(posted.sign());
    }

    @Override
    public Posted<L> read(DataInput in) throws IOException {
      return new Posted<>(in.readUTF(), line.read(in), in.readByte());
    }

    @Override
    public String layout() {
      return "Posted<" + line.layout() + ">";
    }
  }
}
