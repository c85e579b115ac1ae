package dev.tributary.runtime.codec;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;

/**
 * How one type is written to streams and state.
 *
 * <p>Codecs write immutable values and are deterministic: equal values give equal bytes, so states
 * can be compared by their bytes.
 */
public interface Codec<T> extends Serializable {

  /** Writes a value; null only where the codec says so. */
  void write(T value, DataOutput out) throws IOException;

  /** Reads what {@link #write} wrote. */
  T read(DataInput in) throws IOException;

  /**
   * The layout in words. State written under another layout is refused at restore, because reading
   * it would give garbage.
   */
  String layout();

  /** Writes how many bytes there are, and the bytes. */
  static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Reads what {@link #writeBytes} wrote. */
  static byte[] readBytes(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
