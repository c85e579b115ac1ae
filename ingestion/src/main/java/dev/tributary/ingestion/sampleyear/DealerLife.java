package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.AssessmentKind;
import dev.tributary.events.CollateralKind;
import dev.tributary.events.CollateralPledged;
import dev.tributary.events.CreditLimitSet;
import dev.tributary.events.CustomerGrouped;
import dev.tributary.events.CustomerRegistered;
import dev.tributary.events.DealerAppointed;
import dev.tributary.events.DealerLevel;
import dev.tributary.events.DebtorAssessed;
import dev.tributary.events.Envelope;
import dev.tributary.events.GoodsReturned;
import dev.tributary.events.GoodsShipped;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.LimitHolder;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.ShipmentLine;
import dev.tributary.events.StockCounted;
import dev.tributary.events.TerminalSaleLine;
import dev.tributary.events.TerminalSaleRecorded;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;

/** One dealer: goods in every week, out every day, and money behind both. */
final class DealerLife {

  private static final int EIGHT = 8 * 3600;
  private static final int NOON = 12 * 3600;
  private static final int NIGHT = 21 * 3600;
  private static final int DUE_AFTER = 45;
  private static final int TAX_PERCENT = 13;
  private static final int RANGE = 5;
  private static final long WHOLE_UNIT = 1_000_000L;

  private final World world;
  private final Outbox outbox;
  private final Agenda agenda = new Agenda();
  private final int number;
  private final Draws draws;
  private final int county;
  private final List<Product> range = new ArrayList<>();
  private final Map<Product, Integer> stock = new LinkedHashMap<>();
  private final Map<String, OpenInvoice> invoices = new LinkedHashMap<>();
  private final Debtor debtor;
  private final boolean diverts;
  private final int size;
  private final String accountManager;
  private final DealerTruth truth = new DealerTruth();

  DealerLife(World world, Outbox outbox, int number) {
    this.world = world;
    this.outbox = outbox;
    this.number = number;
    this.draws = world.draws(entity(number));
    this.county = draws.below(Geography.COUNTIES);
    int offset = draws.below(world.products().size());
    for (int i = 0; i < RANGE; i++) {
      range.add(world.products().get((offset + i) % world.products().size()));
    }

    this.diverts = draws.chance(80);
    this.size = draws.between(2, 9);
    this.accountManager = draws.pick(world.organisation().accountManagers()).id();
    this.debtor = new Debtor(world, outbox, agenda, customerId(), region(), false);
  }

  static String entity(int number) {
    return "dealer:" + number;
  }

  String dealerId() {
    return "dealer-" + number;
  }

  String customerId() {
    return "D" + number;
  }

  Debtor debtor() {
    return debtor;
  }

  DealerTruth truth() {
    return truth;
  }

  /** What is in stock at the end, in units. */
  long stock() {
    return stock.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Lives through all days. */
  void live() {
    begin();
    int orderDay = draws.below(7);
    for (int day = 0; day < world.days().count(); day++) {
      // What was shipped yesterday may have been billed yesterday, too.
      agenda.doUpTo(day - 1);
      debtor.endDay(day - 1);
      agenda.doUpTo(day);
      if (day == 0 || day % 7 == orderDay) {
        ship(day);
      }

      if (world.days().date(day).getDayOfWeek().getValue() < 7 || draws.chance(400)) {
        sell(day);
      }

      if (world.days().endsMonth(day)) {
        count(day);
      }
    }

    debtor.endDay(world.days().last());
  }

  private String region() {
    return world.geography().county(county);
  }

  private List<String> territory() {
    List<String> territory = new ArrayList<>();
    territory.add(region());
    world.geography().neighbours(county).stream()
        .limit(1)
        .map(world.geography()::county)
        .forEach(territory::add);
    return territory;
  }

  private void begin() {
    boolean exclusive = draws.chance(700);
    DealerLevel[] levels = DealerLevel.values();
    DealerLevel level = levels[draws.below(5)];
    post(
        0,
        EIGHT,
        "customer:" + customerId(),
        envelope ->
            new CustomerRegistered(envelope, customerId(), "Dealer " + number, region(), null));
    post(
        0,
        EIGHT + 60,
        "appointed",
        envelope ->
            new DealerAppointed(
                envelope,
                dealerId(),
                customerId(),
                "Dealer " + number,
                level,
                region(),
                territory(),
                exclusive,
                world.days().date(0)));
    long limitCents = 1_000_000L * size * draws.between(1, 3);
    post(
        0,
        EIGHT + 120,
        "limit",
        envelope ->
            new CreditLimitSet(
                envelope,
                LimitHolder.CUSTOMER,
                customerId(),
                null,
                world.days().date(0),
                null,
                World.micros(limitCents),
                SampleYear.CURRENCY,
                "manager-01",
                2));
    if (draws.chance(400)) {
      pledge(limitCents);
    }

    if (draws.chance(200)) {
      int group = 1 + draws.below(5);
      post(
          0,
          EIGHT + 180,
          "grouped",
          envelope ->
              new CustomerGrouped(envelope, customerId(), "group-" + group, world.days().date(0)));
    }

    assess();
  }

  private void pledge(long limitCents) {
    CollateralKind[] kinds = CollateralKind.values();
    CollateralKind kind = kinds[draws.below(kinds.length - 1)];
    long cents = limitCents * draws.between(30, 120) / 100;
    post(
        0,
        EIGHT + 240,
        "collateral",
        envelope ->
            new CollateralPledged(
                envelope,
                "collateral-" + customerId(),
                customerId(),
                kind,
                world.days().date(0),
                null,
                World.micros(cents),
                SampleYear.CURRENCY));
  }

  private void assess() {
    AssessmentKind[] kinds = AssessmentKind.values();
    for (int i = 0; i < kinds.length - 1; i++) {
      AssessmentKind kind = kinds[i];
      int day = draws.below(world.days().count());
      boolean adverse = draws.chance(150);
      boolean told = kind == AssessmentKind.REPAY_ABILITY || draws.chance(500);
      Integer score =
          kind == AssessmentKind.REPAY_ABILITY
              ? Integer.valueOf(adverse ? draws.between(200, 500) : draws.between(501, 1000))
              : null;
      if (told) {
        post(
            day,
            NOON,
            "assessed:" + kind,
            envelope ->
                new DebtorAssessed(
                    envelope,
                    "assessment-%s-%s".formatted(customerId(), kind),
                    customerId(),
                    kind,
                    adverse,
                    score,
                    world.days().date(day),
                    "field report",
                    accountManager));
      }
    }
  }

  private void ship(int day) {
    String shipmentId = "shipment-%s-%s".formatted(number, day);
    List<ShipmentLine> lines = new ArrayList<>();
    List<InvoiceLine> billed = new ArrayList<>();
    long sum = 0;
    for (Product product : range) {
      // The stock is filled up to three weeks of sales, the first time at once.
      int wanted = size * 3 * 7 / 2 - stock.getOrDefault(product, 0) + draws.below(size);
      if (wanted <= 0) {
        continue;
      }

      stock.merge(product, wanted, Integer::sum);
      truth.shipped(wanted);
      long net = product.dealerCents() * wanted;
      long tax = net * TAX_PERCENT / 100;
      sum += net + tax;
      int line = lines.size() + 1;
      lines.add(
          new ShipmentLine(
              line,
              product.id(),
              null,
              wanted * WHOLE_UNIT,
              World.micros(product.dealerCents()),
              World.micros(net)));
      billed.add(new InvoiceLine(line, null, World.micros(net + tax), World.micros(tax)));
    }

    if (lines.isEmpty()) {
      return;
    }

    int promised = draws.chance(80) ? day - 1 : day + 1;
    post(
        day,
        EIGHT + 600,
        shipmentId,
        envelope ->
            new GoodsShipped(
                envelope,
                shipmentId,
                customerId(),
                dealerId(),
                null,
                "order-%s-%s".formatted(number, day),
                region(),
                accountManager,
                world.days().date(day),
                world.days().date(promised),
                SampleYear.CURRENCY,
                lines));
    long total = sum;
    int billedOn = day + draws.between(0, 3);
    agenda.on(billedOn, () -> bill(billedOn, shipmentId, billed, total));
    if (draws.chance(30)) {
      int returnedOn = billedOn + draws.between(1, 5);
      ShipmentLine line = lines.getFirst();
      agenda.on(returnedOn, () -> giveBack(returnedOn, shipmentId, line));
    }
  }

  private void bill(int day, String shipmentId, List<InvoiceLine> lines, long cents) {
    if (world.days().holds(day)) {
      invoices.put(
          shipmentId,
          debtor.bill(
              day,
              "I-" + shipmentId,
              new Debtor.Bills(null, null, shipmentId, accountManager),
              lines,
              List.of(new OpenInvoice.Part(day + DUE_AFTER, cents))));
    }
  }

  /** Some units of the first line come back, as far as they are still there. */
  private void giveBack(int day, String shipmentId, ShipmentLine line) {
    Product product =
        range.stream().filter(p -> p.id().equals(line.getProductId())).findFirst().orElseThrow();
    int units = Math.min(stock.get(product), (int) (line.getUnitsMicros() / WHOLE_UNIT));
    OpenInvoice invoice = invoices.get(shipmentId);
    if (!world.days().holds(day) || units == 0 || invoice == null) {
      return;
    }

    stock.merge(product, -units, Integer::sum);
    truth.returned(units);
    long net = product.dealerCents() * units;
    post(
        day,
        EIGHT,
        "return:" + shipmentId,
        envelope ->
            new GoodsReturned(
                envelope,
                "return-" + shipmentId,
                customerId(),
                dealerId(),
                null,
                shipmentId,
                world.days().date(day),
                SampleYear.CURRENCY,
                List.of(
                    new ReturnLine(
                        1,
                        product.id(),
                        null,
                        units * WHOLE_UNIT,
                        World.micros(product.dealerCents()),
                        World.micros(net))),
                "damaged on the way"));
    debtor.credit(day, invoice, net + net * TAX_PERCENT / 100, "goods returned");
  }

  private void sell(int day) {
    double demand = size * world.climate().factor(county, day) / 2;
    List<TerminalSaleLine> lines = new ArrayList<>();
    boolean diverted = diverts && draws.chance(150);
    long sold = 0;
    for (Product product : range) {
      int wanted = (int) (demand * 2 * draws.unit());
      int units = Math.min(wanted, stock.getOrDefault(product, 0));
      if (units == 0) {
        continue;
      }

      stock.merge(product, -units, Integer::sum);
      sold += units;
      // Diverted goods go for more than was paid and less than the set wholesale price.
      long price = diverted ? product.listCents() * 75 / 100 : product.wholesaleCents();
      lines.add(
          new TerminalSaleLine(
              lines.size() + 1,
              product.id(),
              null,
              units * WHOLE_UNIT,
              World.micros(price),
              World.micros(price * units)));
    }

    if (lines.isEmpty()) {
      return;
    }

    truth.sold(sold, diverted);
    // Half way round the country is nobody's neighbour.
    String region =
        diverted
            ? world.geography().county((county + Geography.COUNTIES / 2) % Geography.COUNTIES)
            : region();
    int outlet = draws.between(1, size);
    post(
        day,
        draws.between(NOON, NIGHT),
        "terminal-sale:" + day,
        envelope ->
            new TerminalSaleRecorded(
                envelope,
                "terminal-sale-%s-%s".formatted(number, day),
                dealerId(),
                "outlet-%s-%s".formatted(number, outlet),
                region,
                world.days().date(day),
                SampleYear.CURRENCY,
                lines));
  }

  private void count(int day) {
    for (Product product : range) {
      int units = stock.getOrDefault(product, 0);
      post(
          day,
          NIGHT + 1_800,
          "count:%s:%s".formatted(product.id(), day),
          envelope ->
              new StockCounted(
                  envelope,
                  "count-%s-%s-%s".formatted(number, product.id(), day),
                  dealerId(),
                  product.id(),
                  world.days().date(day),
                  units * WHOLE_UNIT));
    }
  }

  private void post(int day, int second, String id, Function<Envelope, SpecificRecord> event) {
    outbox.post(day, second, "%s:%s".formatted(dealerId(), id), event);
  }
}
