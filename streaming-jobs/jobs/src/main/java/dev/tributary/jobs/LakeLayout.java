package dev.tributary.jobs;

import static dev.tributary.runtime.lake.Layer.LEDGER;
import static dev.tributary.runtime.lake.Layer.RAW;

import dev.tributary.domain.attribution.AttributionLine;
import dev.tributary.domain.attribution.Call;
import dev.tributary.domain.attribution.Model;
import dev.tributary.domain.attribution.Touch;
import dev.tributary.domain.credit.CreditLine;
import dev.tributary.domain.promotions.PromotionAddress;
import dev.tributary.domain.promotions.PromotionFold;
import dev.tributary.domain.promotions.PromotionMeasures;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.runtime.identity.IdentityLine;
import dev.tributary.runtime.lake.LakeTable;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.CommutativeLedger.SumLine;
import dev.tributary.runtime.ledger.Posted;
import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.runtime.raw.RawShapes;
import dev.tributary.runtime.rows.RowShape;
import dev.tributary.schemas.EventCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The tables of the job beside those of {@code ops}: what their columns are and how rows are made.
 */
final class LakeLayout {

  static final String RECEIVABLES = "receivables";
  static final String PROMOTIONS = "promotions";
  static final String IDENTITY = "identity";
  static final String CREDIT = "credit";
  static final String ATTRIBUTION = "attribution";
  static final String REPLAYS = "replays";

  private LakeLayout() {}

  static LakeTables tables() {
    List<LakeTable> tables = new ArrayList<>();
    for (String topic : rawTopics()) {
      tables.add(new LakeTable("raw", topic, RawShapes.of(topic).schema(), RAW));
    }
    tables.add(new LakeTable("ledger", IDENTITY, identity("").schema(), LEDGER));
    tables.add(new LakeTable("ledger", RECEIVABLES, receivables(0, "").schema(), LEDGER));
    tables.add(new LakeTable("ledger", PROMOTIONS, promotions(0, "").schema(), LEDGER));
    tables.add(new LakeTable("ops", REPLAYS, OpsRows.REPLAY.schema(), RAW));
    tables.add(new LakeTable("ledger", CREDIT, credit(0, "").schema(), LEDGER));
    tables.add(new LakeTable("ledger", ATTRIBUTION, attribution(0, "").schema(), LEDGER));
    return LakeTables.with(tables);
  }

  /** The topics whose events are kept in the raw layer: all, since a day closes on each of them. */
  static List<String> rawTopics() {
    return EventCatalog.load().topics();
  }

  static RowShape<Stamped<IdentityLine>> identity(String policy) {
    return versioned(
        new RowShape<Stamped<IdentityLine>>()
            .text("company", row -> row.value().company())
            .text("customer_id", row -> row.value().customerId())
            .text("survivor_id", row -> row.value().survivorId())
            .whole("members", row -> row.value().members()),
        1,
        policy);
  }

  static RowShape<Stamped<Posted<ReceivablesLine>>> receivables(int version, String policy) {
    return versioned(
        new RowShape<Stamped<Posted<ReceivablesLine>>>()
            .text("company", row -> Subject.debtor(row.value().subject()).company())
            .text("customer_id", row -> Subject.debtor(row.value().subject()).customerId())
            .text("account", row -> line(row).account().name())
            .text("entry", row -> line(row).entry().name())
            .text("document_id", row -> line(row).documentId())
            .text("item_id", row -> line(row).itemId())
            .text("promotion_id", row -> line(row).promotionId())
            .text("region", row -> line(row).region())
            .text("currency", row -> line(row).amount().currency())
            .millionths("amount", row -> line(row).amount().micros())
            .day("effective_on", row -> line(row).effectiveOn())
            .day("due_on", row -> line(row).dueOn())
            .text("rule_id", row -> line(row).ruleId())
            .text("evidence_id", row -> line(row).evidenceId()),
        version,
        policy);
  }

  private static ReceivablesLine line(Stamped<Posted<ReceivablesLine>> row) {
    return row.value().line();
  }

  static RowShape<Stamped<Posted<CreditLine>>> credit(int version, String policy) {
    return versioned(
        new RowShape<Stamped<Posted<CreditLine>>>()
            .text("company", row -> Subject.debtor(row.value().subject()).company())
            .text("customer_id", row -> Subject.debtor(row.value().subject()).customerId())
            .text("entry", row -> row.value().line().entry().name())
            .text("component", row -> row.value().line().component())
            .text("item_id", row -> row.value().line().itemId())
            .text("grade", row -> row.value().line().grade())
            .text("alert", row -> nameOf(row.value().line().alert()))
            .text("step", row -> nameOf(row.value().line().step()))
            .instantOrNull("since", row -> row.value().line().since())
            .text("currency", row -> row.value().line().currency())
            .millionthsOrNull("amount", row -> amount(row.value().line()))
            .whole("signed_count", row -> row.value().line().count())
            .day("due_on", row -> row.value().line().dueOn())
            .day("effective_on", row -> row.value().line().effectiveOn())
            .text("rule_id", row -> row.value().line().ruleId())
            .text("evidence_id", row -> row.value().line().evidenceId()),
        version,
        policy);
  }

  private static String nameOf(Enum<?> value) {
    return value == null ? null : value.name();
  }

  /** Lines that only count have no currency, and so no amount. */
  private static Long amount(CreditLine line) {
    return line.currency() == null ? null : line.amountMicros();
  }

  static RowShape<Stamped<Posted<AttributionLine>>> attribution(int version, String policy) {
    RowShape<Stamped<Posted<AttributionLine>>> shape =
        new RowShape<Stamped<Posted<AttributionLine>>>()
            .text("company", row -> Subject.debtor(row.value().subject()).company())
            .text("customer_id", row -> Subject.debtor(row.value().subject()).customerId())
            .text("goal", row -> row.value().line().goal())
            .text("conversion_id", row -> row.value().line().conversionId())
            .text("cycle", row -> nameOf(row.value().line().cycle()))
            .instantOrNull("converted_at", row -> row.value().line().convertedAt())
            .day("converted_on", row -> row.value().line().convertedOn())
            .text("journey_id", row -> row.value().line().journeyId())
            .text("touch_id", row -> row.value().line().touchId())
            .instantOrNull("touched_at", row -> row.value().line().touchedAt())
            .text("touch_kind", row -> ofTouch(row, touch -> touch.kind().name()))
            .text("channel", row -> ofTouch(row, Touch::channel))
            .text("campaign", row -> ofTouch(row, Touch::campaign))
            .text("promotion_id", row -> ofTouch(row, Touch::promotionId))
            .text("staff_id", row -> ofTouch(row, Touch::staffId))
            .text("region", row -> ofTouch(row, Touch::region))
            .text("call_direction", row -> ofCall(row, call -> call.direction().name()))
            .text("call_result", row -> ofCall(row, call -> call.result().name()))
            .wholeOrNull("call_seconds", row -> ofCall(row, Call::seconds))
            .whole("touches", row -> row.value().line().touches());
    for (Model model : Model.values()) {
      shape.millionths("credit_" + columnOf(model), row -> row.value().line().credit().of(model));
    }
    shape.text("currency", row -> row.value().line().currency());
    for (Model model : Model.values()) {
      shape.millionths("revenue_" + columnOf(model), row -> row.value().line().revenue().of(model));
    }
    return versioned(
        shape
            .day("effective_on", row -> row.value().line().effectiveOn())
            .text("rule_id", row -> row.value().line().ruleId())
            .text("evidence_id", row -> row.value().line().evidenceId()),
        version,
        policy);
  }

  private static String columnOf(Model model) {
    return model.name().toLowerCase(Locale.ROOT);
  }

  private static <T> T ofTouch(Stamped<Posted<AttributionLine>> row, Function<Touch, T> value) {
    Touch touch = row.value().line().touch();
    return touch == null ? null : value.apply(touch);
  }

  private static <T> T ofCall(Stamped<Posted<AttributionLine>> row, Function<Call, T> value) {
    return ofTouch(row, touch -> touch.call() == null ? null : value.apply(touch.call()));
  }

  static RowShape<Stamped<SumLine<PromotionAddress, PromotionMeasures>>> promotions(
      int version, String policy) {
    return versioned(
        new RowShape<Stamped<SumLine<PromotionAddress, PromotionMeasures>>>()
            .text("company", row -> row.value().address().company())
            .text("promotion_id", row -> row.value().address().promotionId())
            .text("region", row -> row.value().address().region())
            .text("cost_class", row -> row.value().address().costClass())
            .text("currency", row -> row.value().address().currency())
            .day("effective_on", row -> row.value().address().effectiveOn())
            .millionths("cost", row -> row.value().measures().cost())
            .millionths("planned_cost", row -> row.value().measures().plannedCost())
            .millionths("sales", row -> row.value().measures().sales())
            .millionths("cost_of_goods", row -> row.value().measures().costOfGoods())
            .millionths("units", row -> row.value().measures().units())
            .millionths("collected", row -> row.value().measures().collected())
            .millionths("credited", row -> row.value().measures().credited())
            .whole("sale_lines", row -> row.value().measures().saleLines())
            .whole("participants", row -> row.value().measures().participants())
            .text("rule_id", row -> PromotionFold.RULE_ID),
        version,
        policy);
  }

  private static <T> RowShape<Stamped<T>> versioned(
      RowShape<Stamped<T>> shape, int version, String policy) {
    return shape
        .number("fold_version", row -> version)
        .text("policy_version", row -> policy)
        .whole("epoch", Stamped::epoch)
        .whole("cut", Stamped::cut);
  }
}
