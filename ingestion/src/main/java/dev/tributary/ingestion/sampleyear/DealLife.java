package dev.tributary.ingestion.sampleyear;

import dev.tributary.events.ChangedInstalment;
import dev.tributary.events.ComplaintOpened;
import dev.tributary.events.ComplaintReason;
import dev.tributary.events.ContactDepth;
import dev.tributary.events.ContractChanged;
import dev.tributary.events.ContractInstalment;
import dev.tributary.events.ContractSigned;
import dev.tributary.events.ContractTerminated;
import dev.tributary.events.CustomerRecordOpened;
import dev.tributary.events.DepositKind;
import dev.tributary.events.DepositPaid;
import dev.tributary.events.DepositRefunded;
import dev.tributary.events.InvoiceLine;
import dev.tributary.events.PenaltyVerified;
import dev.tributary.events.QuoteGiven;
import dev.tributary.events.ReceptionRole;
import dev.tributary.events.TransferApproved;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From a prospect's first visit to the contract and what becomes of it. */
final class DealLife {

  private static final int NOON = 12 * 3600;
  private static final int AFTERNOON = ReceptionLife.AFTERNOON;
  private static final long DEPOSIT_CENTS = 1_000_000L;
  private static final long LARGE_DEPOSIT_CENTS = 5_000_000L;
  private static final int TAX_PERCENT = 9;

  /** Days from the signing to each part of the price, and the parts in percent. */
  static final int[] DUE_AFTER = {7, 60, 150};

  static final int[] PART_PERCENT = {30, 40, 30};
  private static final int BACK_OUT = 60;

  /** Days from an offence to the signing: longer than from the large deposit. */
  private static final int OFFENDED_BEFORE = 15;

  private final World world;
  private final Outbox outbox;
  private final Agenda agenda;
  private final Customer customer;
  private final ProspectPlan plan;
  private final ReceptionLife reception;
  private final Draws draws;
  private Deal deal;

  DealLife(
      World world,
      Outbox outbox,
      Agenda agenda,
      Customer customer,
      ProspectPlan plan,
      ReceptionLife reception) {
    this.world = world;
    this.outbox = outbox;
    this.agenda = agenda;
    this.customer = customer;
    this.plan = plan;
    this.reception = reception;
    this.draws = world.draws(customer.entity() + "/deal");
  }

  /** The deal, if one was signed by the end of the last day. */
  Optional<Deal> deal() {
    return Optional.ofNullable(deal);
  }

  /** Plans the deal, or the deposit of somebody who backs out. */
  void live() {
    int deposit = plan.firstDay() + draws.between(9, 20);
    int largeDeposit = deposit + draws.between(2, 7);
    int signing = largeDeposit + draws.between(3, 14);
    boolean backsOut = draws.chance(BACK_OUT);
    if (plan.owners().isEmpty() || plan.scenario() == Scenario.OWNER_LEFT) {
      return;
    }

    Person owner = plan.owners().getFirst();
    if (plan.signs()) {
      sell(owner, deposit, largeDeposit, signing);
    } else if (backsOut) {
      pay(deposit, DepositKind.DEPOSIT, owner, DEPOSIT_CENTS);
      refund(deposit + 6);
    } else if (draws.chance(400)) {
      lookAgain(owner, plan.firstDay() + draws.between(7, 8));
    }
  }

  /** Another visit that leads to nothing; a quarter of them are helped out by a colleague. */
  private void lookAgain(Person owner, int day) {
    List<Person> colleagues = world.organisation().colleagues(plan.project(), day, List.of(owner));
    Person receiver = draws.chance(250) ? draws.pick(colleagues) : owner;
    receive(day, receiver, owner, ContactDepth.TOUR);
  }

  private void sell(Person owner, int deposit, int largeDeposit, int signing) {
    Person other = otherOf(owner, deposit);
    prepare(owner, other, deposit);
    // Who receives at the deposit, the large deposit and the signing.
    List<Person> receivers =
        switch (plan.dealRule()) {
          case SPL_1, SPL_6, SPL_8, SPL_9, SPL_10 -> List.of(owner, owner, owner);
          case SPL_2, SPL_2B, SPL_3, SPL_7 -> List.of(other, other, other);
          case SPL_4 -> List.of(owner, other, other);
          case SPL_5 -> List.of(owner, owner, other);
        };
    long netCents = 100_000L * draws.between(300, 2_000);
    quote(deposit - 1, owner, netCents);
    receive(deposit, receivers.get(0), owner, ContactDepth.DEPOSIT);
    pay(deposit, DepositKind.DEPOSIT, receivers.get(0), DEPOSIT_CENTS);
    receive(largeDeposit, receivers.get(1), owner, ContactDepth.DEPOSIT);
    pay(largeDeposit, DepositKind.LARGE_DEPOSIT, receivers.get(1), LARGE_DEPOSIT_CENTS);
    receive(signing, receivers.get(2), owner, ContactDepth.CONTRACT);
    agenda.on(
        signing,
        () -> {
          if (world.days().holds(signing)) {
            sign(signing, owner, other, receivers.get(2), netCents);
          }
        });
  }

  /** The second person of the deal's rule. */
  private Person otherOf(Person owner, int day) {
    Person colleague =
        draws.pick(world.organisation().colleagues(plan.project(), day, List.of(owner)));
    return switch (plan.dealRule()) {
      case SPL_6, SPL_8 -> plan.other();
      case SPL_1, SPL_2, SPL_2B, SPL_3, SPL_4, SPL_5, SPL_7, SPL_9, SPL_10 -> colleague;
    };
  }

  private void prepare(Person owner, Person other, int deposit) {
    String project = Organisation.projectId(plan.project());
    switch (plan.dealRule()) {
      case SPL_2 ->
          outbox.post(
              deposit - 3,
              NOON,
              "complaint:deal:" + customer.id(),
              envelope ->
                  new ComplaintOpened(
                      envelope,
                      "X-deal-" + customer.id(),
                      customer.id(),
                      ComplaintReason.SERVICE,
                      owner.id(),
                      null,
                      true,
                      other.id(),
                      manager()));
      case SPL_2B ->
          outbox.post(
              deposit - 3,
              NOON,
              "transfer:" + customer.id(),
              envelope ->
                  new TransferApproved(
                      envelope,
                      "transfer-" + customer.id(),
                      customer.id(),
                      project,
                      null,
                      owner.id(),
                      other.id(),
                      manager()));
      case SPL_7 ->
          outbox.post(
              deposit - 1,
              NOON,
              "look-up:" + customer.id(),
              envelope -> new CustomerRecordOpened(envelope, customer.id(), other.id()));
      case SPL_1, SPL_3, SPL_4, SPL_5, SPL_6, SPL_8, SPL_9, SPL_10 -> {}
    }
  }

  private void receive(int day, Person receiver, Person owner, ContactDepth depth) {
    boolean byOwner = receiver.equals(owner);
    DealRule rule = plan.signs() ? plan.dealRule() : DealRule.SPL_1;
    boolean poached = rule == DealRule.SPL_3 || rule == DealRule.SPL_7;
    boolean succeeded = rule.changesOwner();
    ReceptionRole role =
        byOwner || succeeded
            ? ReceptionRole.OWNER
            : poached ? ReceptionRole.ROTATION : ReceptionRole.ASSIST;
    reception.returnVisit(
        day,
        receiver,
        role,
        depth,
        visit -> {
          if (role == ReceptionRole.ASSIST) {
            visit.setArrangedBy(manager());
            visit.setOwnerContactedAt(visit.getEnvelope().getOccurredAt());
            visit.setOwnerConsented(true);
          } else if (poached) {
            // The customer says nothing of an earlier visit.
            visit.setIsNew(true);
            visit.setFirstVisitAnswer(true);
          }
        });
  }

  private void quote(int day, Person owner, long netCents) {
    outbox.post(
        day,
        AFTERNOON,
        "quote:" + customer.id(),
        envelope ->
            new QuoteGiven(
                envelope,
                "quote-" + customer.id(),
                customer.id(),
                owner.id(),
                Organisation.projectId(plan.project()),
                unit(),
                null,
                world.days().date(day),
                world.days().date(day + 30),
                World.micros(netCents * 100 / 97),
                World.micros(netCents),
                SampleYear.CURRENCY,
                manager(),
                null));
  }

  private void pay(int day, DepositKind kind, Person receiver, long cents) {
    outbox.post(
        day,
        AFTERNOON,
        "%s:%s".formatted(kind, customer.id()),
        envelope ->
            new DepositPaid(
                envelope,
                depositId(kind),
                kind,
                customer.id(),
                Organisation.projectId(plan.project()),
                unit(),
                receiver.id(),
                world.days().date(day),
                World.micros(cents),
                SampleYear.CURRENCY));
  }

  private void refund(int day) {
    if (world.days().holds(day)) {
      outbox.tally().astray("deposit refunded");
    }

    outbox.post(
        day,
        AFTERNOON,
        "deposit-refund:" + customer.id(),
        envelope ->
            new DepositRefunded(
                envelope,
                depositId(DepositKind.DEPOSIT),
                customer.id(),
                world.days().date(day),
                World.micros(DEPOSIT_CENTS),
                SampleYear.CURRENCY,
                "changed their mind"));
  }

  private void sign(int day, Person owner, Person other, Person receiver, long netCents) {
    String contractId = "contract-" + customer.id();
    long taxCents = netCents * TAX_PERCENT / 100;
    long gross = netCents + taxCents;
    long commissionCents = netCents / 200;
    List<OpenInvoice.Part> parts = parts(day, gross);
    List<ContractInstalment> instalments = new ArrayList<>();
    for (OpenInvoice.Part part : parts) {
      instalments.add(
          new ContractInstalment(
              instalments.size() + 1, world.days().date(part.due()), World.micros(part.cents())));
    }

    boolean reviewed = draws.chance(970);
    outbox.post(
        day,
        AFTERNOON,
        "contract:" + customer.id(),
        envelope ->
            new ContractSigned(
                envelope,
                contractId,
                customer.id(),
                Organisation.projectId(plan.project()),
                unit(),
                null,
                world.geography().county(customer.county()),
                receiver.id(),
                world.days().date(day),
                World.micros(netCents),
                World.micros(taxCents),
                World.micros(commissionCents),
                SampleYear.CURRENCY,
                instalments,
                world.days().date(day + 200),
                "transfer",
                null,
                reviewed ? world.days().at(day - 1, NOON) : null,
                "template-1"));
    Debtor debtor = customer.debtor(customer.id());
    OpenInvoice invoice =
        debtor.bill(
            day,
            "I-" + contractId,
            new Debtor.Bills(null, contractId, null, receiver.id()),
            List.of(new InvoiceLine(1, null, World.micros(gross), World.micros(taxCents))),
            parts);
    // What was deposited is paid in.
    debtor.pay(day, invoice, DEPOSIT_CENTS + LARGE_DEPOSIT_CENTS, contractId);
    punish(day, owner, other, contractId);
    this.deal =
        new Deal(
            contractId,
            plan.dealRule(),
            Deal.creditOf(plan.dealRule(), owner, other),
            Deal.commissionOf(plan.dealRule(), owner, other),
            netCents,
            commissionCents,
            false);
    int lot = draws.below(100);
    int later = day + draws.between(10, 40);
    if (lot < 2) {
      agenda.on(later, () -> terminate(later, debtor, invoice));
    } else if (lot < 6) {
      agenda.on(later, () -> change(later, debtor, invoice, parts));
    }
  }

  private static List<OpenInvoice.Part> parts(int day, long gross) {
    long first = gross * PART_PERCENT[0] / 100;
    long second = gross * PART_PERCENT[1] / 100;
    return List.of(
        new OpenInvoice.Part(day + DUE_AFTER[0], first),
        new OpenInvoice.Part(day + DUE_AFTER[1], second),
        new OpenInvoice.Part(day + DUE_AFTER[2], gross - first - second));
  }

  private void punish(int day, Person owner, Person other, String contractId) {
    switch (plan.dealRule()) {
      case SPL_7 -> verify(day, other, owner.id(), contractId, "PEN-3");
      case SPL_9 -> verify(day, owner, null, contractId, "PEN-4");
      case SPL_10 -> verify(day, owner, null, contractId, "PEN-1");
      case SPL_1, SPL_2, SPL_2B, SPL_3, SPL_4, SPL_5, SPL_6, SPL_8 -> {}
    }
  }

  private void verify(int day, Person offender, String victim, String contractId, String ruleId) {
    outbox.post(
        day,
        AFTERNOON + 3_600,
        "penalty:%s:%s".formatted(ruleId, customer.id()),
        envelope ->
            new PenaltyVerified(
                envelope,
                "case-" + customer.id(),
                offender.id(),
                victim,
                customer.id(),
                contractId,
                ruleId,
                world.days().date(day - OFFENDED_BEFORE),
                manager(),
                null));
  }

  private void terminate(int day, Debtor debtor, OpenInvoice invoice) {
    if (!world.days().holds(day)) {
      return;
    }

    outbox.tally().astray("contract terminated");
    outbox.post(
        day,
        AFTERNOON,
        "termination:" + customer.id(),
        envelope ->
            new ContractTerminated(
                envelope,
                deal.contractId(),
                customer.id(),
                world.days().date(day),
                true,
                "the loan was refused"));
    debtor.credit(day, invoice, invoice.open(), "contract terminated");
    this.deal =
        new Deal(
            deal.contractId(),
            deal.rule(),
            deal.credit(),
            deal.commission(),
            deal.netCents(),
            deal.commissionCents(),
            true);
  }

  /** Two in a hundred of the price are waived; the parts shrink in proportion. */
  private void change(int day, Debtor debtor, OpenInvoice invoice, List<OpenInvoice.Part> parts) {
    if (!world.days().holds(day)) {
      return;
    }

    long netCents = deal.netCents() * 98 / 100;
    long taxCents = netCents * TAX_PERCENT / 100;
    long waived = invoice.whole() - netCents - taxCents;
    List<ChangedInstalment> instalments = new ArrayList<>();
    long rest = netCents + taxCents;
    for (int i = 0; i < parts.size(); i++) {
      long cents = i == parts.size() - 1 ? rest : parts.get(i).cents() * 98 / 100;
      rest -= cents;
      instalments.add(
          new ChangedInstalment(i + 1, world.days().date(parts.get(i).due()), World.micros(cents)));
    }

    outbox.tally().astray("contract changed");
    outbox.post(
        day,
        AFTERNOON,
        "change:" + customer.id(),
        envelope ->
            new ContractChanged(
                envelope,
                deal.contractId(),
                customer.id(),
                world.days().date(day),
                World.micros(netCents),
                World.micros(taxCents),
                SampleYear.CURRENCY,
                instalments,
                draws.chance(900),
                "measured area is smaller"));
    debtor.credit(day, invoice, waived, "contract changed");
  }

  private String depositId(DepositKind kind) {
    return "%s-%s".formatted(kind == DepositKind.DEPOSIT ? "deposit" : "large", customer.id());
  }

  private String unit() {
    return "unit-%s-%s".formatted(plan.project() + 1, customer.number());
  }

  private String manager() {
    return world.organisation().manager(plan.project()).id();
  }
}
