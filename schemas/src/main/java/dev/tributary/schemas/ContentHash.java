package dev.tributary.schemas;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * What tells two versions of an event apart: 128 bits of SHA-256 over what the event says, without
 * {@code recorded_at}, since when something was recorded is not part of what was recorded. A new
 * field of a schema does not change the hash of events that leave it at its default: an event that
 * is delivered again after an upgrade is still the same.
 */
public final class ContentHash {

  private static final HexFormat HEX = HexFormat.of();
  private static final ThreadLocal<ContentHash> PER_THREAD =
      ThreadLocal.withInitial(ContentHash::new);

  private final Map<String, RecordWriter> writers = new HashMap<>();
  private final MessageDigest digest;

  private ContentHash() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** The hash as 32 lower-case hexadecimal characters. Safe to call from several threads. */
  public static String of(SpecificRecord record) {
    return PER_THREAD.get().hash(record);
  }

  private String hash(SpecificRecord record) {
    RecordWriter writer = writer(record.getSchema());
    digest.update(writer.fill(record, 0), 0, writer.size());
    return HEX.formatHex(digest.digest(), 0, 16);
  }

  private RecordWriter writer(Schema schema) {
    return writers.computeIfAbsent(
        schema.getName(), n -> RecordWriter.content(schema, "recorded_at"));
  }
}
