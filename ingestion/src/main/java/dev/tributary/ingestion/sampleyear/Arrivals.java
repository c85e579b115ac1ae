package dev.tributary.ingestion.sampleyear;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** A small year in memory, by month of arrival. */
public final class Arrivals {

  private Arrivals() {}

  /**
   * Everything that arrives, in order, day closes included.
   *
   * @param partitions topics and their numbers of partitions
   */
  public static Map<YearMonth, List<SpecificRecord>> of(
      SampleYear year, Map<String, Integer> partitions) {
    Map<YearMonth, List<SpecificRecord>> months = new LinkedHashMap<>();
    Destination memory =
        new Destination() {
          @Override
          public void receive(SpecificRecord event, LocalDate arrivedOn) {
            on(arrivedOn).add(event);
          }

          @Override
          public void close(LocalDate day) {
            on(day).addAll(year.closes(day, partitions));
          }

          private List<SpecificRecord> on(LocalDate day) {
            return months.computeIfAbsent(YearMonth.from(day), month -> new ArrayList<>());
          }
        };
    try {
      SampleYearGenerator.generate(year, Writer.nullWriter(), memory);
    } catch (IOException e) {
      throw new UncheckedIOException("The sample year could not be made up", e);
    }

    return months;
  }
}
