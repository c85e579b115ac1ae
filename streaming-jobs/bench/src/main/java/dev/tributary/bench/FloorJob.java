package dev.tributary.bench;

import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.raw.RawShapes;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple6;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The least that any job with these duties must do: fetch, decode the origin id and nothing else,
 * one exchange by it, one access to heap state, and the raw rows of first deliveries through
 * Iceberg's own writer. No corrections, no ledgers, no accounting, no exactly-once commit.
 */
record FloorJob(int parallelism, Duration checkpointInterval) implements Contender {

  static final String NAMESPACE = "floor";

  @Override
  public String name() {
    return "floor";
  }

  @Override
  public Outcome run(Broker broker, Lake lake, Meter meter) throws Exception {
    createTables(broker, lake.catalog());
    Meter.Running running = meter.begin();
    StreamExecutionEnvironment env =
        BoundedRead.environment(lake.stateDir(), parallelism, checkpointInterval);
    BoundedRead.records(env, broker, new OriginIds())
        .keyBy(record -> record.f0, CodecTypeInfo.TEXT)
        .transform("first-deliveries", Types.STRING, new FloorWriter(lake.loader()))
        .global()
        .transform("commit", Types.VOID, new FloorCommitter(lake.loader()))
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1);
    env.execute("floor");
    Cost cost = running.end();
    return new Outcome(cost, Optional.empty(), rows(broker, lake.catalog()), 0);
  }

  private static void createTables(Broker broker, Catalog catalog) {
    Namespace namespace = Namespace.of(NAMESPACE);
    ((SupportsNamespaces) catalog).createNamespace(namespace);
    for (String topic : broker.topics()) {
      Table unused =
          catalog.createTable(
              TableIdentifier.of(namespace, topic),
              RawShapes.of(topic).schema(),
              PartitionSpec.unpartitioned());
    }
  }

  private static long rows(Broker broker, Catalog catalog) {
    long rows = 0;
    for (String topic : broker.topics()) {
      Table table = catalog.loadTable(TableIdentifier.of(NAMESPACE, topic));
      if (table.currentSnapshot() != null) {
        rows += Long.parseLong(table.currentSnapshot().summary().get("total-records"));
      }
    }
    return rows;
  }

  /** Reads the one field the exchange needs: the envelope comes first in every event. */
  private static final class OriginIds
      implements KafkaRecordDeserializationSchema<
          Tuple6<String, String, Integer, Long, Long, byte[]>> {

    private static final long serialVersionUID = 1L;
    private static final int HEADER_BYTES = 5;

    private transient BinaryDecoder decoder;

    @Override
    public void deserialize(
        ConsumerRecord<byte[], byte[]> record,
        Collector<Tuple6<String, String, Integer, Long, Long, byte[]>> out)
        throws IOException {
      byte[] value = record.value();
      decoder =
          DecoderFactory.get()
              .binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, decoder);
      String eventId = decoder.readString();
      boolean corrects = decoder.readIndex() == 1;
      out.collect(
          Tuple6.of(
              corrects ? decoder.readString() : eventId,
              record.topic(),
              record.partition(),
              record.offset(),
              record.timestamp(),
              value));
    }

    @Override
    public TypeInformation<Tuple6<String, String, Integer, Long, Long, byte[]>> getProducedType() {
      return Types.TUPLE(
          Types.STRING,
          Types.STRING,
          Types.INT,
          Types.LONG,
          Types.LONG,
          Types.PRIMITIVE_ARRAY(Types.BYTE));
    }
  }
}
