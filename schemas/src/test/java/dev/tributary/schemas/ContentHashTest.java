package dev.tributary.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.events.SaleRecorded;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void theHashIsThirtyTwoHexadecimalCharacters() {
    assertThat(ContentHash.of(Samples.sale())).matches("[0-9a-f]{32}");
  }

  @Test
  void whenAnEventWasRecordedIsNotPartOfItsContent() {
    SaleRecorded later = Samples.sale();
    later.getEnvelope().setRecordedAt(Instant.parse("2030-01-01T00:00:00Z"));

    assertThat(ContentHash.of(later)).isEqualTo(ContentHash.of(Samples.sale()));
  }

  @Test
  void everythingElseIsPartOfItsContent() {
    SaleRecorded other = Samples.sale();
    other.getLines().get(0).setUnitsMicros(1L);
    SaleRecorded revised = Samples.sale();
    revised.getEnvelope().setRevision(1);

    assertThat(ContentHash.of(Samples.sale()))
        .isNotEqualTo(ContentHash.of(other))
        .isNotEqualTo(ContentHash.of(revised));
  }

  @Test
  void hashingLeavesTheEventAsItWas() {
    SaleRecorded sale = Samples.sale();

    ContentHash.of(sale);

    assertThat(sale).isEqualTo(Samples.sale());
  }

  @Test
  void theHashOfAnEventNeverChangesBetweenBuilds() {
    assertThat(ContentHash.of(Samples.merge())).isEqualTo("604d9396f0fbd3161868ae060038d51d");
  }

  /** What was read before an upgrade and comes again after it must not count as another version. */
  @Test
  void aNewFieldLeavesTheContentOfOlderEventsAsItWas() {
    Schema older = new Schema.Parser().parse(INVOICE.formatted("", ""));
    Schema newer =
        new Schema.Parser()
            .parse(
                INVOICE.formatted(
                    "{'name': 'seller', 'type': ['null', 'string'], 'default': null},"
                        .replace('\'', '"'),
                    ", {'name': 'tax', 'type': 'long', 'default': 0}, {'name': 'terms', 'type':"
                        .concat(" {'type': 'array', 'items': 'string'}, 'default': []}")
                        .replace('\'', '"')));
    GenericRecord before = invoice(older);
    GenericRecord after = invoice(newer);
    after.put("seller", null);
    line(after).put("tax", 0L);
    line(after).put("terms", List.of());
    assertThat(content(after)).isEqualTo(content(before));

    line(after).put("tax", 1L);
    byte[] taxed = content(after);
    assertThat(taxed).isNotEqualTo(content(before));

    line(after).put("tax", 0L);
    after.put("seller", "1");
    assertThat(content(after)).isNotEqualTo(content(before)).isNotEqualTo(taxed);
  }

  private static final String INVOICE =
      """
      {"type": "record", "name": "Invoice", "fields": [
        {"name": "id", "type": "string"}, %s
        {"name": "lines", "type": {"type": "array", "items": {"type": "record", "name": "Line", "fields": [
          {"name": "amount", "type": "long"} %s]}}}]}
      """;

  private static GenericRecord invoice(Schema schema) {
    GenericRecord line = new GenericData.Record(schema.getField("lines").schema().getElementType());
    line.put("amount", 5L);
    GenericRecord invoice = new GenericData.Record(schema);
    invoice.put("id", "I1");
    invoice.put("lines", List.of(line));
    return invoice;
  }

  private static GenericRecord line(GenericRecord invoice) {
    return (GenericRecord) ((List<?>) invoice.get("lines")).getFirst();
  }

  private static byte[] content(GenericRecord record) {
    return RecordWriter.content(record.getSchema(), "recorded_at").write(record, 0);
  }
}
