package dev.tributary.ingestion.collector;

import dev.tributary.ingestion.importing.Importer.Summary;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.IntSupplier;

/** What the collector did since it was started. */
final class CollectorMetrics {

  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter accepted =
      Counter.builder()
          .name("tributary_collector_events_accepted_total")
          .help("Events that Kafka has, repeated ones too")
          .register(registry);
  private final Counter refused =
      Counter.builder()
          .name("tributary_collector_events_refused_total")
          .help("Lines that are no event, by reason; they stand on the topic of rejected records")
          .labelNames("reason")
          .register(registry);
  private final Histogram batches =
      Histogram.builder()
          .name("tributary_collector_batch_seconds")
          .help("Time from a batch to its answer, by the answer's status")
          .labelNames("status")
          .classicOnly()
          .register(registry);

  /**
   * @param free how many more batches may be worked on now
   */
  CollectorMetrics(IntSupplier free) {
    GaugeWithCallback unused =
        GaugeWithCallback.builder()
            .name("tributary_collector_batches_at_work")
            .help("Batches being worked on; %s are the most".formatted(Collector.MAX_BATCHES))
            .callback(gauge -> gauge.call(Collector.MAX_BATCHES - free.getAsInt()))
            .register(registry);
  }

  void events(Summary summary) {
    accepted.inc(summary.accepted());
    summary
        .byReason()
        .forEach((reason, lines) -> refused.labelValues(reason.wireName()).inc(lines));
  }

  void batch(String status, long nanos) {
    batches.labelValues(status).observe(nanos / NANOS);
  }

  void write(OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create().write(out, registry.scrape(), EscapingScheme.DEFAULT);
  }
}
