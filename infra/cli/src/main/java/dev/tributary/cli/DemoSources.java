package dev.tributary.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.foodmart.FoodMart;
import dev.tributary.ingestion.sampleyear.Arrivals;
import dev.tributary.ingestion.sampleyear.SampleYear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The samples that {@code demo} sends, in this order. */
final class DemoSources {

  private DemoSources() {}

  static List<DemoData> all(Home home) {
    return List.of(new FoodMartYear(), new MadeUpCompany(home));
  }

  /** Promotions and sales of 1997. Read when the first month is wanted: it takes seconds. */
  private static final class FoodMartYear implements DemoData {

    private FoodMart foodMart;

    @Override
    public String name() {
      return FoodMart.COMPANY;
    }

    @Override
    public List<YearMonth> months() {
      return loaded().months();
    }

    @Override
    public long send(YearMonth month, String bootstrapServers) {
      try (KafkaEventSender sender = new KafkaEventSender(bootstrapServers)) {
        sender.sendAll(loaded().events(month));
        sender.closeDays(FoodMart.COMPANY, FoodMart.ZONE, loaded().days(month));
        sender.flush();
        return sender.sent();
      }
    }

    private FoodMart loaded() {
      if (foodMart == null) {
        foodMart = FoodMart.load();
      }
      return foodMart;
    }
  }

  /** The year of docs/sample-year.md. Made up when the first month is wanted: it takes seconds. */
  private static final class MadeUpCompany implements DemoData {

    private static final SampleYear YEAR = SampleYear.of(1, 0.03);

    private final Home home;
    private Map<YearMonth, List<SpecificRecord>> arrivals;

    MadeUpCompany(Home home) {
      this.home = home;
    }

    @Override
    public String name() {
      return YEAR.company();
    }

    @Override
    public List<YearMonth> months() {
      return YEAR.from().datesUntil(YEAR.end()).map(YearMonth::from).distinct().toList();
    }

    @Override
    public long send(YearMonth month, String bootstrapServers) {
      try (KafkaEventSender sender = new KafkaEventSender(bootstrapServers)) {
        sender.sendAll(arrivals(sender.partitions()).get(month));
        sender.flush();
        return sender.sent();
      }
    }

    private Map<YearMonth, List<SpecificRecord>> arrivals(Map<String, Integer> partitions) {
      if (arrivals == null) {
        try {
          arrivals =
              Arrivals.of(YEAR.withPhones(PhonePseudonym.fromKeyFile(home.phoneKey())), partitions);
        } catch (IOException e) {
          throw new UncheckedIOException("The key of the phone pseudonyms cannot be used", e);
        }
      }
      return arrivals;
    }
  }
}
