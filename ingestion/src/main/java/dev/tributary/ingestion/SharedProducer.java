package dev.tributary.ingestion;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;

/**
 * One connection to Kafka for many batches at a time, each with a sender that knows of its own
 * failures. A connection that failed is replaced, because some failures are for ever.
 */
public final class SharedProducer implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(2);

  private final String bootstrap;
  private final Duration patience;
  private Producer<byte[], byte[]> producer;

  /**
   * @param bootstrap brokers as {@code host:port,…}
   * @param patience how long a batch waits for a broker before it fails
   */
  public SharedProducer(String bootstrap, Duration patience) {
    this.bootstrap = bootstrap;
    this.patience = patience;
  }

  /** A sender for one batch, for one thread. It is not to be closed. */
  public synchronized KafkaEventSender sender() {
    if (producer == null) {
      this.producer = new KafkaProducer<>(KafkaEventSender.properties(bootstrap, patience));
    }

    return new KafkaEventSender(bootstrap, producer);
  }

  /**
   * Lets later batches begin with a new connection. Batches at work on the same one fail as well;
   * batches on a newer one do not.
   */
  @SuppressWarnings("ReferenceEquality") // it is the same connection, or another one
  public void renew(KafkaEventSender failed) {
    synchronized (this) {
      if (producer != failed.producer()) {
        return;
      }

      this.producer = null;
    }

    failed.producer().close(CLOSE);
  }

  @Override
  public synchronized void close() {
    if (producer != null) {
      producer.close(CLOSE);
    }
  }
}
