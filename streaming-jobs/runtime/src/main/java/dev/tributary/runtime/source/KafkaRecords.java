package dev.tributary.runtime.source;

import dev.tributary.runtime.codec.CodecTypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Takes records from Kafka as they are; whether they are events is decided later. */
public final class KafkaRecords implements KafkaRecordDeserializationSchema<KafkaRecord> {

  private static final long serialVersionUID = 1L;

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KafkaRecord> out) {
    out.collect(
        new KafkaRecord(
            record.topic(),
            record.partition(),
            record.offset(),
            record.timestamp(),
            record.value(),
            replayOf(record)));
  }

  private static ReplayOf replayOf(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader(ReplayOf.HEADER);
    return header == null ? null : ReplayOf.parse(header.value()).orElse(null);
  }

  @Override
  public TypeInformation<KafkaRecord> getProducedType() {
    return CodecTypeInfo.of(KafkaRecord.class);
  }
}
