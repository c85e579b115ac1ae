package dev.tributary.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro binary in a byte array. Unlike Avro's own decoder it believes no length that the remaining
 * bytes cannot hold, so a damaged record costs an exception and not the heap; and it refuses text
 * that is not UTF-8 instead of replacing it.
 */
final class BoundedDecoder extends Decoder {

  private byte[] bytes = new byte[0];
  private int position;

  void reset(byte[] newBytes, int start) {
    this.bytes = newBytes;
    this.position = start;
  }

  @Override
  public int remainingBytes() {
    return bytes.length - position;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() {
    byte value = next();
    if (value != 0 && value != 1) {
      throw new AvroRuntimeException("a boolean is " + value);
    }

    return value == 1;
  }

  @Override
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new AvroRuntimeException("an int is out of range: " + value);
    }

    return (int) value;
  }

  @Override
  public long readLong() {
    long raw = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = next();
      raw |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return (raw >>> 1) ^ -(raw & 1);
      }
    }

    throw new AvroRuntimeException("a number is longer than ten bytes");
  }

  @Override
  public float readFloat() {
    int start = advance(4);
    return Float.intBitsToFloat(
        ByteBuffer.wrap(bytes, start, 4).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt());
  }

  @Override
  public double readDouble() {
    int start = advance(8);
    return Double.longBitsToDouble(
        ByteBuffer.wrap(bytes, start, 8).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong());
  }

  @Override
  public Utf8 readString(Utf8 old) {
    return new Utf8(readString());
  }

  @Override
  public String readString() {
    int length = length();
    int start = advance(length);
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') >= 0) {
      refuseReplacements(start, length);
    }

    return text;
  }

  @Override
  public void skipString() {
    advance(length());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) {
    int length = length();
    byte[] copy = new byte[length];
    System.arraycopy(bytes, advance(length), copy, 0, length);
    return ByteBuffer.wrap(copy);
  }

  @Override
  public void skipBytes() {
    advance(length());
  }

  @Override
  public void readFixed(byte[] target, int start, int length) {
    System.arraycopy(bytes, advance(length), target, start, length);
  }

  @Override
  public void skipFixed(int length) {
    advance(length);
  }

  @Override
  public int readEnum() {
    return readInt();
  }

  @Override
  public long readArrayStart() {
    return items();
  }

  @Override
  public long arrayNext() {
    return items();
  }

  @Override
  public long skipArray() {
    return skipItems();
  }

  @Override
  public long readMapStart() {
    return items();
  }

  @Override
  public long mapNext() {
    return items();
  }

  @Override
  public long skipMap() {
    return skipItems();
  }

  @Override
  public int readIndex() {
    return readInt();
  }

  /** Number of items in the next block. No item of ours is smaller than a byte. */
  private long items() {
    long count = readLong();
    if (count < 0) {
      count = -count;
      readLong();
    }

    if (count < 0 || count > remainingBytes()) {
      throw new AvroRuntimeException(
          "a list of %s items in %s bytes".formatted(count, remainingBytes()));
    }

    return count;
  }

  private long skipItems() {
    long count = readLong();
    while (count < 0) {
      advance(length());
      count = readLong();
    }

    if (count > remainingBytes()) {
      throw new AvroRuntimeException(
          "a list of %s items in %s bytes".formatted(count, remainingBytes()));
    }

    return count;
  }

  private int length() {
    long length = readLong();
    if (length < 0 || length > remainingBytes()) {
      throw new AvroRuntimeException(
          "a value of %s bytes in %s bytes".formatted(length, remainingBytes()));
    }

    return (int) length;
  }

  private int advance(int length) {
    if (length < 0 || length > remainingBytes()) {
      throw new AvroRuntimeException(
          "a value of %s bytes in %s bytes".formatted(length, remainingBytes()));
    }

    int start = position;
    this.position += length;
    return start;
  }

  private byte next() {
    if (position >= bytes.length) {
      throw new AvroRuntimeException("the record ends too early");
    }

    return bytes[position++];
  }

  private void refuseReplacements(int start, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, length));
    } catch (CharacterCodingException e) {
      throw new AvroRuntimeException("text that is not UTF-8", e);
    }
  }
}
