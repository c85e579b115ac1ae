package dev.tributary.ingestion.sampleyear;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that one customer does in a year. */
final class CustomerLife {

  private final World world;
  private final Outbox outbox;
  private final Optional<ProspectPlan> plan;
  private final Customer customer;
  private final Agenda agenda = new Agenda();
  private final IdentityLife identity;
  private DealLife deal;

  /**
   * @param plan of those who look at a sales project
   */
  CustomerLife(World world, Outbox outbox, int number, Optional<ProspectPlan> plan) {
    this.world = world;
    this.outbox = outbox;
    this.plan = plan;
    int latest = plan.map(prospect -> prospect.firstDay() - 10).orElse(Integer.MAX_VALUE);
    this.customer = new Customer(world, number, latest, this::open);
    this.identity = new IdentityLife(world, outbox, customer);
  }

  private Debtor open(String id) {
    String county = world.geography().county(customer.county());
    return new Debtor(world, outbox, agenda, id, county, customer.alias().isPresent());
  }

  /** Lives through all days. */
  void live(CampaignTruth campaigns, List<Conference> conferences, ConferenceTruth invitees) {
    identity.live();
    new ServiceLife(world, outbox, customer, identity.pseudonym()).live();
    InviteeLife.live(world, outbox, customer, conferences, invitees, identity.pseudonym());
    plan.ifPresent(this::look);
    ShopperLife shopper = new ShopperLife(world, outbox, agenda, customer, campaigns);
    for (int day = 0; day < world.days().count(); day++) {
      agenda.doUpTo(day - 1);
      end(day - 1);
      agenda.doUpTo(day);
      if (day >= customer.registered()) {
        shopper.live(day);
      }
    }

    end(world.days().last());
  }

  private void end(int day) {
    customer.debtors().forEach(debtor -> debtor.endDay(day));
  }

  private void look(ProspectPlan prospect) {
    ReceptionLife reception =
        new ReceptionLife(world, outbox, customer, prospect, identity.pseudonym());
    reception.live();
    this.deal = new DealLife(world, outbox, agenda, customer, prospect, reception);
    deal.live();
  }

  Customer customer() {
    return customer;
  }

  /** The ids that are this one person. */
  List<String> ids() {
    List<String> ids = new ArrayList<>(List.of(customer.id()));
    if (world.days().holds(customer.aliasSince())) {
      customer.alias().ifPresent(ids::add);
    }

    return ids;
  }

  /** Somebody else who was taken for the customer. */
  Optional<String> stranger() {
    return identity.stranger();
  }

  /** The deal, of those who signed. */
  Optional<Deal> deal() {
    return Optional.ofNullable(deal).flatMap(DealLife::deal);
  }
}
