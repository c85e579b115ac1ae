package dev.tributary.cli;

import dev.tributary.ingestion.KafkaEventSender;
import dev.tributary.ingestion.PhonePseudonym;
import dev.tributary.ingestion.foodmart.FoodMart;
import dev.tributary.ingestion.generate.Config;
import dev.tributary.ingestion.generate.GeneratedEvent;
import dev.tributary.ingestion.generate.Generator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.YearMonth;
import java.util.List;

/** The samples that {@code demo} sends, in this order. */
final class DemoSources {

  private static final long SEED = 1;

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

  /** Invoices, payments and their corrections; its day closes are among its events. */
  private record MadeUpCompany(Home home) implements DemoData {

    private static final Config CONFIG = Config.ofSeed(SEED);

    @Override
    public String name() {
      return CONFIG.company();
    }

    @Override
    public List<YearMonth> months() {
      return Generator.events(CONFIG).stream()
          .map(GeneratedEvent::month)
          .distinct()
          .sorted()
          .toList();
    }

    @Override
    public long send(YearMonth month, String bootstrapServers) {
      try (KafkaEventSender sender = new KafkaEventSender(bootstrapServers)) {
        Config config =
            CONFIG
                .withPartitions(sender.partitions())
                .withPhones(PhonePseudonym.fromKeyFile(home.phoneKey()));
        for (GeneratedEvent event : Generator.events(config)) {
          if (event.month().equals(month)) {
            sender.sendTo(event.topic(), event.partition(), event.record());
          }
        }
        sender.flush();
        return sender.sent();
      } catch (IOException e) {
        throw new UncheckedIOException("The key of the phone pseudonyms cannot be used", e);
      }
    }
  }
}
