package dev.tributary.ingestion.sampleyear;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tributary.events.InviteeStep;
import dev.tributary.ingestion.Amounts;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code truth.json} as the entities come by; docs/sample-year.md says what stands in it.
 */
final class TruthFile implements AutoCloseable {

  private final JsonGenerator json;
  private final World world;

  TruthFile(Writer out, World world) throws IOException {
    this.json = new JsonFactory().createGenerator(out);
    this.world = world;
    json.writeStartObject();
  }

  void parameters() throws IOException {
    SampleYear year = world.year();
    json.writeObjectFieldStart("parameters");
    json.writeNumberField("seed", year.seed());
    json.writeNumberField("scale", year.scale());
    json.writeStringField("from", year.from().toString());
    json.writeNumberField("days", year.days());
    json.writeStringField("company", year.company());
    json.writeStringField("currency", SampleYear.CURRENCY);
    json.writeEndObject();
    json.writeObjectFieldStart("rates");
    json.writeNumberField("late", year.rates().late());
    json.writeNumberField("out_of_order", year.rates().outOfOrder());
    json.writeNumberField("duplicates", year.rates().duplicates());
    json.writeNumberField("corrected", year.rates().corrected());
    json.writeNumberField("day_only", year.rates().dayOnly());
    json.writeEndObject();
    json.writeArrayFieldStart("shocks");
    for (Climate.Shock shock : Climate.SHOCKS) {
      json.writeStartObject();
      json.writeStringField("province", Geography.PROVINCES.get(shock.province()));
      json.writeNumberField("first_day", shock.first());
      json.writeNumberField("days", shock.days());
      json.writeNumberField("factor", shock.factor());
      json.writeEndObject();
    }

    json.writeEndArray();
  }

  void list(String name) throws IOException {
    json.writeArrayFieldStart(name);
  }

  void endList() throws IOException {
    json.writeEndArray();
  }

  void dealer(DealerLife dealer) throws IOException {
    startLine();
    json.writeStringField("dealer_id", dealer.dealerId());
    json.writeNumberField("shipped_units", dealer.truth().shipped());
    json.writeNumberField("returned_units", dealer.truth().returned());
    json.writeNumberField("sold_units", dealer.truth().sold());
    json.writeNumberField("diverted_units", dealer.truth().diverted());
    json.writeNumberField("stock_units", dealer.stock());
    account(dealer.debtor());
    json.writeEndObject();
  }

  /**
   * A customer.
   *
   * @param ids the ids that are this one person
   * @param plan null for those who look at no sales project
   * @param deal null for those who signed nothing
   */
  void customer(Customer customer, List<String> ids, ProspectPlan plan, Deal deal)
      throws IOException {
    startLine();
    json.writeArrayFieldStart("ids");
    for (String id : ids) {
      json.writeString(id);
    }

    json.writeEndArray();
    json.writeStringField("region", world.geography().county(customer.county()));
    json.writeBooleanField("buys", customer.rate() > 0);
    json.writeArrayFieldStart("accounts");
    for (Debtor debtor : customer.debtors()) {
      json.writeStartObject();
      account(debtor);
      json.writeEndObject();
    }

    json.writeEndArray();
    if (plan != null) {
      prospect(plan, deal);
    }

    json.writeEndObject();
  }

  /** Somebody who was only taken for a customer. */
  void stranger(String id) throws IOException {
    startLine();
    json.writeArrayFieldStart("ids");
    json.writeString(id);
    json.writeEndArray();
    json.writeArrayFieldStart("accounts");
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Every entity has a line of its own, so that people can read the file. */
  private void startLine() throws IOException {
    json.writeRaw('\n');
    json.writeStartObject();
  }

  private void account(Debtor debtor) throws IOException {
    Account account = debtor.account();
    json.writeStringField("customer_id", debtor.customerId());
    json.writeStringField("manner", debtor.manner().name());
    money("invoiced", account.invoiced());
    money("credited", account.credited());
    money("cancelled", account.cancelled());
    money("written_off", account.writtenOff());
    money("adjusted", account.adjusted());
    money("paid", account.paid());
    money("reversed", account.reversed());
    money("refunded", account.refunded());
    money("unapplied", account.unapplied());
    money("outstanding", account.outstanding());
    money("overdue", account.overdue());
    json.writeObjectFieldStart("month_ends");
    for (Account.MonthEnd end : account.monthEnds()) {
      json.writeObjectFieldStart(world.days().date(end.day()).toString());
      money("outstanding", end.outstanding());
      money("overdue", end.overdue());
      json.writeEndObject();
    }

    json.writeEndObject();
  }

  private void prospect(ProspectPlan plan, Deal deal) throws IOException {
    json.writeObjectFieldStart("prospect");
    json.writeStringField("project_id", Organisation.projectId(plan.project()));
    json.writeStringField("scenario", plan.scenario().name());
    json.writeArrayFieldStart("owners");
    for (Person owner : plan.owners()) {
      json.writeString(owner.id());
    }

    json.writeEndArray();
    json.writeStringField("owner_rule", plan.ownerRule());
    if (deal != null) {
      json.writeObjectFieldStart("deal");
      json.writeStringField("contract_id", deal.contractId());
      json.writeStringField("rule", deal.rule().ruleId());
      money("net", deal.netCents());
      money("commission", deal.commissionCents());
      json.writeBooleanField("terminated", deal.terminated());
      shares("credit_permille", deal.credit());
      shares("commission_permille", deal.commission());
      json.writeEndObject();
    }

    json.writeEndObject();
  }

  private void shares(String name, Map<String, Integer> shares) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Integer> share : new TreeMap<>(shares).entrySet()) {
      json.writeNumberField(share.getKey(), share.getValue());
    }

    json.writeEndObject();
  }

  void promotion(Campaign campaign, CampaignTruth truth) throws IOException {
    startLine();
    json.writeStringField("promotion_id", campaign.id());
    json.writeArrayFieldStart("regions");
    for (int county : campaign.counties()) {
      json.writeString(world.geography().county(county));
    }

    json.writeEndArray();
    json.writeStringField("starts_on", world.days().date(campaign.first()).toString());
    json.writeStringField("ends_on", world.days().date(campaign.last()).toString());
    json.writeStringField("channel", campaign.channel());
    json.writeNumberField("lift_permille", campaign.lift());
    json.writeNumberField("spill_permille", campaign.spill());
    json.writeNumberField("dip_permille", campaign.dip());
    json.writeNumberField("dip_days", campaign.dip() > 0 ? campaign.dipDays() : 0);
    sum("caused", truth.sum(campaign, Campaigns.Kind.CAUSED));
    sum("spilled", truth.sum(campaign, Campaigns.Kind.SPILLED));
    sum("lost", truth.sum(campaign, Campaigns.Kind.LOST));
    money("coded_sales", truth.codedCents(campaign));
    money("cost", truth.costCents(campaign));
    json.writeEndObject();
  }

  private void sum(String name, CampaignTruth.Sum sum) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("baskets", sum.baskets());
    money("sales", sum.cents());
    json.writeEndObject();
  }

  void conference(Conference conference, ConferenceTruth truth) throws IOException {
    startLine();
    json.writeStringField("conference_id", conference.id());
    json.writeStringField("held_on", world.days().date(conference.day()).toString());
    for (Map.Entry<InviteeStep, Integer> step : truth.steps(conference).entrySet()) {
      json.writeNumberField(step.getKey().name(), step.getValue());
    }

    json.writeEndObject();
  }

  /** The last part: the volumes. */
  void end(Tally tally) throws IOException {
    json.writeObjectFieldStart("volumes");
    for (Map.Entry<String, Long> type : tally.byType().entrySet()) {
      json.writeNumberField(type.getKey(), type.getValue());
    }

    json.writeEndObject();
    json.writeEndObject();
  }

  private void money(String name, long cents) throws IOException {
    json.writeStringField(name, Amounts.mainUnits(World.micros(cents)));
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
