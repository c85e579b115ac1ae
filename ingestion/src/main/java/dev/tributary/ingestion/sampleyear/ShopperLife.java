package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.GoodsReturned;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.OnlineSessionRecorded;
import dev.tributary.events.PromotionContactMade;
import dev.tributary.events.ReturnLine;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.ingestion.sampleyear.Campaigns.Effect;
import dev.tributary.ingestion.sampleyear.Campaigns.Kind;
import java.util.ArrayList;
import java.util.List;

/** How one customer buys, day by day, and what promotions make of it. */
final class ShopperLife {

  private static final List<String> CHANNELS =
      List.of(
          "search",
          "search",
          "search",
          "social",
          "social",
          "direct",
          "direct",
          "e-mail",
          "site",
          "referral");
  private static final int OPENING = 9 * 3600;
  private static final int CLOSING = 21 * 3600;
  private static final int DUE_AFTER = 30;
  private static final int TAX_PERCENT = 13;

  private record Basket(List<SaleLine> lines, long netCents) {}

  private final World world;
  private final Outbox outbox;
  private final Agenda agenda;
  private final Customer customer;
  private final CampaignTruth truth;
  private final Draws draws;
  private int sales;
  private int sessions;

  ShopperLife(World world, Outbox outbox, Agenda agenda, Customer customer, CampaignTruth truth) {
    this.world = world;
    this.outbox = outbox;
    this.agenda = agenda;
    this.customer = customer;
    this.truth = truth;
    this.draws = world.draws(customer.entity() + "/shopping");
  }

  /** Lives through a day on which the customer is known. */
  void live(int day) {
    for (Campaign campaign : world.campaigns().running(customer.county(), day)) {
      if (campaign.first() == day && draws.chance(300)) {
        beReached(campaign, Math.min(campaign.last(), day + draws.below(7)), false);
      } else if (customer.registered() == day && day > 0 && draws.chance(300)) {
        beReached(campaign, day, true);
      }
    }

    if (customer.rate() == 0) {
      if (draws.below(365) < 4) {
        browse(day);
      }

      return;
    }

    double plain = customer.rate() * world.climate().factor(customer.county(), day);
    List<Effect> effects = world.campaigns().effects(customer.county(), day);
    double moved = plain;
    for (Effect effect : effects) {
      moved += effect.kind() == Kind.LOST ? -plain * effect.size() : plain * effect.size();
    }

    moved = Math.max(0, moved);
    double lot = draws.unit();
    if (lot >= Math.max(plain, moved)) {
      return;
    }

    Basket basket = basket(day);
    if (lot >= moved) {
      truth.moved(responsible(effects, true), basket.netCents());
    } else {
      if (lot >= plain) {
        truth.moved(responsible(effects, false), basket.netCents());
      }

      buy(day, basket);
    }
  }

  /** The effect that a basket is put down to: any of its direction, by size. */
  private Effect responsible(List<Effect> effects, boolean loss) {
    double sum = 0;
    for (Effect effect : effects) {
      sum += (effect.kind() == Kind.LOST) == loss ? effect.size() : 0;
    }

    double lot = draws.unit() * sum;
    Effect chosen = null;
    for (Effect effect : effects) {
      if ((effect.kind() == Kind.LOST) == loss) {
        chosen = effect;
        lot -= effect.size();
        if (lot < 0) {
          return chosen;
        }
      }
    }

    return chosen;
  }

  private Basket basket(int day) {
    List<Campaign> running = world.campaigns().running(customer.county(), day);
    List<SaleLine> lines = new ArrayList<>();
    long sum = 0;
    int count = draws.between(1, 3);
    for (int i = 1; i <= count; i++) {
      Product product = draws.pick(world.products());
      int units = draws.between(1, 6);
      long cents = product.listCents() * units * (100 - draws.below(10)) / 100;
      String promotion = !running.isEmpty() && draws.chance(600) ? draws.pick(running).id() : null;
      sum += cents;
      lines.add(
          new SaleLine(
              i,
              product.id(),
              promotion,
              units * 1_000_000L,
              World.micros(cents),
              World.micros(product.costCents() * units)));
    }

    return new Basket(lines, sum);
  }

  private void buy(int day, Basket basket) {
    if (draws.chance(450)) {
      int before = draws.between(1, 3);
      for (int i = 0; i < before; i++) {
        browse(Math.max(customer.registered(), day - draws.between(0, 6)));
      }
    }

    sales++;
    String customerId = customer.idOn(day, draws);
    String saleId = "S-%s-%s".formatted(customer.id(), sales);
    int second = draws.between(OPENING, CLOSING);
    truth.coded(basket.lines());
    outbox.post(
        day,
        second,
        "sale:" + saleId,
        envelope ->
            new SaleRecorded(
                envelope,
                saleId,
                customerId,
                null,
                world.geography().county(customer.county()),
                world.days().date(day),
                customer.onAccount() ? Settlement.ON_ACCOUNT : Settlement.AT_SALE,
                SampleYear.CURRENCY,
                basket.lines()));
    boolean returned = draws.chance(30);
    int returnedOn = day + draws.between(2, 9);
    if (customer.onAccount()) {
      agenda.on(
          day + 1,
          () -> {
            if (world.days().holds(day + 1)) {
              OpenInvoice invoice = bill(day + 1, customerId, saleId, basket);
              if (returned) {
                agenda.on(
                    returnedOn, () -> giveBack(returnedOn, customerId, saleId, basket, invoice));
              }
            }
          });
    } else if (returned) {
      agenda.on(returnedOn, () -> giveBack(returnedOn, customerId, saleId, basket, null));
    }
  }

  private OpenInvoice bill(int day, String customerId, String saleId, Basket basket) {
    List<InvoiceLine> lines = new ArrayList<>();
    long sum = 0;
    for (SaleLine sold : basket.lines()) {
      long net = sold.getNetAmountMicros() / 10_000;
      long tax = tax(net);
      sum += net + tax;
      lines.add(
          new InvoiceLine(
              sold.getLineNo(), sold.getPromotionId(), World.micros(net + tax), World.micros(tax)));
    }

    return customer
        .debtor(customerId)
        .bill(
            day,
            "I" + saleId.substring(1),
            new Debtor.Bills(saleId, null, null, customer.accountManager()),
            lines,
            List.of(new OpenInvoice.Part(day + DUE_AFTER, sum)));
  }

  /** The first line comes back; money follows by a credit note. */
  private void giveBack(
      int day, String customerId, String saleId, Basket basket, OpenInvoice invoice) {
    if (!world.days().holds(day)) {
      return;
    }

    SaleLine line = basket.lines().getFirst();
    long net = line.getNetAmountMicros() / 10_000;
    outbox.post(
        day,
        OPENING - 60,
        "return:" + saleId,
        envelope ->
            new GoodsReturned(
                envelope,
                "G" + saleId.substring(1),
                customerId,
                null,
                saleId,
                null,
                world.days().date(day),
                SampleYear.CURRENCY,
                List.of(
                    new ReturnLine(
                        1,
                        line.getProductId(),
                        line.getPromotionId(),
                        line.getUnitsMicros(),
                        line.getNetAmountMicros() * 1_000_000L / line.getUnitsMicros(),
                        line.getNetAmountMicros())),
                "not as expected"));
    Debtor debtor = customer.debtor(customerId);
    if (invoice == null) {
      debtor.payBack(day, net, "goods returned");
    } else {
      debtor.credit(day, invoice, net + tax(net), "goods returned");
    }
  }

  private static long tax(long netCents) {
    return (netCents * TAX_PERCENT + 50) / 100;
  }

  private void browse(int day) {
    sessions++;
    List<Campaign> running = world.campaigns().running(customer.county(), day);
    Campaign campaign = !running.isEmpty() && draws.chance(300) ? draws.pick(running) : null;
    String channel = campaign == null ? draws.pick(CHANNELS) : campaign.channel();
    String sessionId = "O-%s-%s".formatted(customer.id(), sessions);
    int second = draws.between(OPENING, CLOSING);
    int length = draws.between(20, 1_200);
    boolean tagged = campaign != null || draws.chance(700);
    boolean enquired = draws.chance(60);
    int pages = draws.between(1, 12);
    outbox.post(
        day,
        second,
        "session:" + sessionId,
        envelope ->
            new OnlineSessionRecorded(
                envelope,
                sessionId,
                customer.id(),
                "visitor-" + customer.id(),
                world.days().at(day, second + length),
                channel,
                tagged ? channel : null,
                tagged ? medium(channel) : null,
                tagged ? (campaign == null ? "always-on" : campaign.id()) : null,
                campaign == null ? null : campaign.id(),
                pages,
                enquired,
                false));
  }

  private static String medium(String channel) {
    return switch (channel) {
      case "search" -> "cpc";
      case "social" -> "social";
      case "e-mail" -> "email";
      case "referral" -> "referral";
      default -> "none";
    };
  }

  private void beReached(Campaign campaign, int day, boolean firstSeen) {
    boolean takesPart = draws.chance(250);
    outbox.post(
        day,
        draws.between(OPENING, CLOSING),
        "reached:%s:%s".formatted(campaign.id(), customer.id()),
        envelope ->
            new PromotionContactMade(
                envelope,
                "K-%s-%s".formatted(campaign.id(), customer.id()),
                customer.id(),
                campaign.id(),
                campaign.channel(),
                takesPart,
                firstSeen));
  }
}
