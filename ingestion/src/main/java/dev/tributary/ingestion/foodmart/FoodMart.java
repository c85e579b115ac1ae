package dev.tributary.ingestion.foodmart;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tributary.events.CostClass;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.Envelope;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionFinished;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.ingestion.Amounts;
import dev.tributary.schemas.EventCatalog;
import dev.tributary.schemas.EventType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * The year 1997 of the FoodMart data set ({@code net.hydromatic:foodmart-data-json}) as events,
 * month by month: customers, the promotions that start in that year with their cost, and every line
 * of sales as a sale of its own. The same events at every run.
 *
 * <ul>
 *   <li>Eight combinations of product, day, customer, promotion and store stand twice and are two
 *       sales each, so a line's position in its file is its id.
 *   <li>A promotion's media are a list, {@code Sunday Paper, Radio}: one bundle, in that order.
 *   <li>Promotion 0 is "No Promotion": its sales carry none, and it is no promotion here.
 *   <li>A sale's region is the sales region of its store. A promotion names a district, that of the
 *       stores that sell by it, and no region: it and its cost are bound to none.
 *   <li>There are no invoices: a sale counts as paid when made.
 *   <li>Phone numbers are invented ones that no country has; they are left out.
 * </ul>
 */
public final class FoodMart {

  /** The company of every event. */
  public static final String COMPANY = "foodmart";

  /** Currency of every amount. */
  public static final String CURRENCY = "USD";

  /** Zone of the company's business days. */
  public static final ZoneId ZONE = ZoneId.of("America/Los_Angeles");

  /** The year that is told. */
  public static final int YEAR = 1997;

  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .readerFor(JsonNode.class);
  private static final int NO_PROMOTION = 0;

  private final Map<YearMonth, List<SpecificRecord>> months = new TreeMap<>();

  private FoodMart() {}

  /** Reads the data set from the classpath; takes a few seconds and about 100 MB. */
  public static FoodMart load() {
    FoodMart foodMart = new FoodMart();
    try {
      Map<Integer, String> regions = foodMart.regions();
      foodMart.customers(regions);
      foodMart.promotions();
      foodMart.sales(foodMart.storeRegions(regions));
    } catch (IOException e) {
      throw new UncheckedIOException("The FoodMart data cannot be read from the classpath", e);
    }

    EventCatalog catalog = EventCatalog.load();
    Comparator<SpecificRecord> history =
        Comparator.<SpecificRecord, Instant>comparing(
                event -> EventType.envelopeOf(event).getOccurredAt())
            .thenComparingInt(event -> catalog.typeOf(event).rank())
            .thenComparingLong(event -> EventType.envelopeOf(event).getSourceSequence());
    foodMart.months.values().forEach(events -> events.sort(history));
    return foodMart;
  }

  /** The months that have events, in order. */
  public List<YearMonth> months() {
    return List.copyOf(months.keySet());
  }

  /**
   * A month's events, in the order of their history. Customers are known from the first month on,
   * whenever they opened their account.
   */
  public List<SpecificRecord> events(YearMonth month) {
    return List.copyOf(months.getOrDefault(month, List.of()));
  }

  /** The business days of a month, to be closed after its events. */
  public List<LocalDate> days(YearMonth month) {
    return month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).toList();
  }

  private Map<Integer, String> regions() throws IOException {
    Map<Integer, String> regions = new HashMap<>();
    read(
        "region.json",
        (row, position) ->
            regions.put(row.get("region_id").asInt(), row.get("sales_region").asText()));
    return regions;
  }

  private Map<Integer, String> storeRegions(Map<Integer, String> regions) throws IOException {
    Map<Integer, String> stores = new HashMap<>();
    read(
        "store.json",
        (row, position) ->
            stores.put(
                row.get("store_id").asInt(),
                regions.getOrDefault(
                    row.get("region_id").asInt(), row.get("store_state").asText())));
    return stores;
  }

  private void customers(Map<Integer, String> regions) throws IOException {
    read(
        "customer.json",
        (row, position) -> {
          String id = row.get("customer_id").asText();
          LocalDate opened =
              LocalDate.parse(row.get("date_accnt_opened").asText().substring(0, 10));
          add(
              YearMonth.of(YEAR, 1),
              new CustomerRegistered(
                  envelope("customer:" + id, "customer.json", position, opened),
                  id,
                  row.get("fullname").asText(),
                  regions.getOrDefault(
                      row.get("customer_region_id").asInt(), row.get("state_province").asText()),
                  null));
        });
  }

  private void promotions() throws IOException {
    read(
        "promotion.json",
        (row, position) -> {
          if (row.get("promotion_id").asInt() == NO_PROMOTION) {
            return;
          }

          LocalDate starts = LocalDate.parse(row.get("start_date").asText().substring(0, 10));
          LocalDate ends = LocalDate.parse(row.get("end_date").asText().substring(0, 10));
          if (starts.getYear() == YEAR) {
            promotion(row, position, starts, ends);
          }
        });
  }

  private void promotion(JsonNode row, long position, LocalDate starts, LocalDate ends) {
    String id = row.get("promotion_id").asText();
    long cost = Amounts.micros(row.get("cost").decimalValue());
    List<String> media =
        Arrays.stream(row.get("media_type").asText().split(",", -1)).map(String::strip).toList();
    add(
        YearMonth.from(starts),
        new PromotionPlanned(
            envelope("promotion:" + id + ":planned", "promotion.json", position, starts),
            id,
            row.get("promotion_name").asText(),
            media,
            null,
            starts,
            ends,
            cost,
            CURRENCY));
    add(
        YearMonth.from(starts),
        new PromotionCostIncurred(
            envelope("promotion:" + id + ":cost", "promotion.json", position, starts),
            id,
            CostClass.MEDIA,
            starts,
            cost,
            CURRENCY,
            null));
    if (ends.getYear() == YEAR) {
      add(
          YearMonth.from(ends),
          new PromotionFinished(
              envelope("promotion:" + id + ":finished", "promotion.json", position, ends),
              id,
              ends));
    }
  }

  private void sales(Map<Integer, String> storeRegions) throws IOException {
    Map<Integer, LocalDate> dates = new HashMap<>();
    read(
        "time_by_day.json",
        (row, position) ->
            dates.put(
                row.get("time_id").asInt(),
                LocalDate.parse(row.get("the_date").asText().substring(0, 10))));
    read(
        "sales_fact_1997.json",
        (row, position) -> {
          LocalDate day = dates.get(row.get("time_id").asInt());
          String promotion = row.get("promotion_id").asText();
          String id = "1997-" + (position + 1);
          add(
              YearMonth.from(day),
              new SaleRecorded(
                  envelope("sale:" + id, "sales_fact_1997.json", position, day),
                  id,
                  row.get("customer_id").asText(),
                  row.get("store_id").asText(),
                  storeRegions.get(row.get("store_id").asInt()),
                  day,
                  Settlement.AT_SALE,
                  CURRENCY,
                  List.of(
                      new SaleLine(
                          1,
                          row.get("product_id").asText(),
                          promotion.equals("0") ? null : promotion,
                          Amounts.micros(row.get("unit_sales").decimalValue()),
                          Amounts.micros(row.get("store_sales").decimalValue()),
                          Amounts.micros(row.get("store_cost").decimalValue())))));
        });
  }

  private void add(YearMonth month, SpecificRecord event) {
    months.computeIfAbsent(month, m -> new ArrayList<>()).add(event);
  }

  private static Envelope envelope(String id, String source, long position, LocalDate day) {
    Instant midnight = day.atStartOfDay(ZONE).toInstant();
    return new Envelope(COMPANY + ":" + id, null, 0, source, position, midnight, midnight, COMPANY);
  }

  /** A row of the data set. */
  private interface RowReader {
    void read(JsonNode row, long position);
  }

  private static void read(String name, RowReader rows) throws IOException {
    try (InputStream in = FoodMart.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IOException(name + " is not on the classpath");
      }

      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      long position = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          rows.read(JSON.readTree(line), position);
          position++;
        }
      }
    }
  }
}
