package dev.tributary.jobs;

import dev.tributary.domain.attribution.AttributionEvent;
import dev.tributary.domain.attribution.AttributionLine;
import dev.tributary.domain.credit.CreditEvent;
import dev.tributary.domain.credit.CreditLine;
import dev.tributary.domain.promotions.PromotionAddress;
import dev.tributary.domain.promotions.PromotionEvent;
import dev.tributary.domain.promotions.PromotionMeasures;
import dev.tributary.domain.receivables.ReceivablesEvent;
import dev.tributary.domain.receivables.ReceivablesLine;
import dev.tributary.events.CustomerMerged;
import dev.tributary.events.CustomerSplit;
import dev.tributary.runtime.codec.CodecTypeInfo;
import dev.tributary.runtime.identity.IdentityEvent;
import dev.tributary.runtime.identity.IdentityLine;
import dev.tributary.runtime.identity.JoinIdentities;
import dev.tributary.runtime.identity.Naming;
import dev.tributary.runtime.identity.Redirect;
import dev.tributary.runtime.identity.ResolveCustomers;
import dev.tributary.runtime.lake.LakeRow;
import dev.tributary.runtime.lake.LakeRowTypeInfo;
import dev.tributary.runtime.lake.LakeTables;
import dev.tributary.runtime.ledger.AddUpLocally;
import dev.tributary.runtime.ledger.Change;
import dev.tributary.runtime.ledger.CommutativeLedger;
import dev.tributary.runtime.ledger.CommutativeLedger.SumLine;
import dev.tributary.runtime.ledger.Delta;
import dev.tributary.runtime.ledger.OrderedLedger;
import dev.tributary.runtime.ledger.Posted;
import dev.tributary.runtime.ledger.RowMaker;
import dev.tributary.runtime.ledger.Stamped;
import dev.tributary.runtime.ledger.WakingLedger;
import dev.tributary.runtime.rows.RowShape;
import dev.tributary.runtime.source.AcceptAfterReplay;
import dev.tributary.runtime.source.AcceptLive;
import dev.tributary.runtime.source.CloseDays;
import dev.tributary.runtime.source.DayClosed;
import dev.tributary.runtime.source.DecodeRecords;
import dev.tributary.runtime.source.Fact;
import dev.tributary.runtime.source.FactChange;
import dev.tributary.runtime.source.KafkaRecord;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The whole job between its sources and its sink.
 *
 * <pre>
 * kafka ─ decode ─[origin]─ accept ─┬─[company]─ close-days
 *       (raw) ────[origin]────┘     ├─[company]─ join-identities ─┐
 *                                   ├─[raw customer]──────── resolve-customers ─┬─[bill-to]─ receivables ─┬─┐
 *                                   │                                           ├─ sales ─────────────────┤ │
 *                                   └─ promotion events ────────────────────────│─────── add-up-promotions ─│─[address]─ promotions
 *                                                                               ├─ credit-events ───────────┴─[bill-to]─ credit
 *                                                                               └─ attribution-events ─[customer]─ attribution
 * </pre>
 *
 * <p>Every day that close-days puts into effect goes to every subtask of credit. A rebuild or a
 * what-if also reads raw back.
 *
 * <p>Every operator hands its rows for the lake to a side output; {@link #build} returns them all.
 */
final class TributaryGraph {

  /** Changes or addresses an operator holds between two barriers before it flushes early. */
  private static final int MAX_BUFFERED = 200_000;

  private final long epoch;
  private final LakeTables tables;
  private final Policy policy;
  private final LakeRowTypeInfo lakeType;
  private final OutputTag<LakeRow> lake;

  TributaryGraph(long epoch, LakeTables tables, Policy policy) {
    this.epoch = epoch;
    this.tables = tables;
    this.policy = policy;
    this.lakeType = new LakeRowTypeInfo(tables);
    this.lake = new OutputTag<>("lake", lakeType);
  }

  /**
   * Everything the records come to, as rows and facts for the lake.
   *
   * @param replay what raw held before them; empty in a live job
   */
  DataStream<LakeRow> build(DataStream<KafkaRecord> records, Optional<DataStream<Fact>> replay) {
    OpsRows opsRows = new OpsRows(tables);

    SingleOutputStreamOperator<Fact> facts =
        named(
            records.transform(
                "decode", CodecTypeInfo.of(Fact.class), new DecodeRecords(epoch, lake, opsRows)),
            "decode");

    KeyedStream<Fact, String> byOrigin = byOrigin(facts);
    SingleOutputStreamOperator<FactChange> accepted =
        named(
            replay
                .map(
                    before ->
                        byOrigin(before)
                            .connect(byOrigin)
                            .transform(
                                "accept",
                                CodecTypeInfo.of(FactChange.class),
                                new AcceptAfterReplay(epoch, lake, opsRows)))
                .orElseGet(
                    () ->
                        byOrigin.transform(
                            "accept",
                            CodecTypeInfo.of(FactChange.class),
                            new AcceptLive(epoch, lake, opsRows))),
            "accept");

    SingleOutputStreamOperator<DayClosed> closes =
        named(
            ofType(accepted, "BusinessDayClosed")
                .keyBy(change -> change.fact().company(), CodecTypeInfo.TEXT)
                .process(new CloseDays(lake, opsRows), CodecTypeInfo.of(DayClosed.class)),
            "close-days");

    SingleOutputStreamOperator<Redirect> redirects = redirects(accepted);
    SingleOutputStreamOperator<Naming> resolved =
        named(
            named(
                    accepted.flatMap(
                        Decoding.of(DomainEvents.NAMING_A_CUSTOMER, TributaryGraph::naming),
                        CodecTypeInfo.of(Naming.class)),
                    "names-of-customers")
                .keyBy(
                    naming -> Redirect.key(naming.fact().company(), naming.customerId()),
                    CodecTypeInfo.TEXT)
                .connect(
                    redirects.keyBy(
                        redirect -> Redirect.key(redirect.company(), redirect.customerId()),
                        CodecTypeInfo.TEXT))
                .process(new ResolveCustomers(), CodecTypeInfo.of(Naming.class)),
            "resolve-customers");

    SingleOutputStreamOperator<Posted<ReceivablesLine>> receivables = receivables(resolved);
    SingleOutputStreamOperator<LakeRow> promotions = promotions(accepted, resolved, receivables);
    SingleOutputStreamOperator<Posted<CreditLine>> credit = credit(resolved, receivables, closes);
    SingleOutputStreamOperator<Posted<AttributionLine>> attribution = attribution(resolved);

    return facts
        .getSideOutput(lake)
        .union(
            accepted.getSideOutput(lake),
            closes.getSideOutput(lake),
            redirects.getSideOutput(lake),
            receivables.getSideOutput(lake),
            credit.getSideOutput(lake),
            attribution.getSideOutput(lake),
            promotions);
  }

  private static KeyedStream<Fact, String> byOrigin(DataStream<Fact> facts) {
    return facts.keyBy(Fact::originId, CodecTypeInfo.TEXT);
  }

  private SingleOutputStreamOperator<Redirect> redirects(DataStream<FactChange> accepted) {
    RowMaker<Stamped<IdentityLine>> row =
        rowsOf(LakeLayout.IDENTITY, policyVersion -> LakeLayout.identity(policyVersion));
    return named(
        named(
                accepted.flatMap(
                    Decoding.of(DomainEvents.OF_IDENTITY, TributaryGraph::identity),
                    CodecTypeInfo.of(IdentityEvent.class)),
                "identity-events")
            .keyBy(IdentityEvent::company, CodecTypeInfo.TEXT)
            .transform(
                "join-identities",
                CodecTypeInfo.of(Redirect.class),
                new JoinIdentities(epoch, lake, row)),
        "join-identities");
  }

  private SingleOutputStreamOperator<Posted<ReceivablesLine>> receivables(
      DataStream<Naming> resolved) {
    Folds.Receivables setup = new Folds.Receivables();
    int version = setup.fold().version();
    return named(
        named(
                resolved.flatMap(
                    Decoding.of(DomainEvents.OF_RECEIVABLES, TributaryGraph::receivablesChange),
                    Change.typeOf(ReceivablesEvent.class)),
                "receivables-events")
            .keyBy(Change::subject, CodecTypeInfo.TEXT)
            .transform(
                "receivables",
                Posted.typeOf(ReceivablesLine.class),
                new OrderedLedger<>(
                    setup,
                    epoch,
                    MAX_BUFFERED,
                    lake,
                    rowsOf(
                        LakeLayout.RECEIVABLES,
                        policyVersion -> LakeLayout.receivables(version, policyVersion)),
                    OpsRows::change)),
        "receivables");
  }

  private SingleOutputStreamOperator<LakeRow> promotions(
      DataStream<FactChange> accepted,
      DataStream<Naming> resolved,
      DataStream<Posted<ReceivablesLine>> receivables) {
    TypeInformation<Change<PromotionEvent>> type = Change.typeOf(PromotionEvent.class);
    DataStream<Change<PromotionEvent>> planned =
        named(
            accepted.flatMap(
                Decoding.of(DomainEvents.OF_PROMOTIONS, TributaryGraph::promotionChange), type),
            "promotion-events");
    DataStream<Change<PromotionEvent>> sold =
        named(
            resolved.flatMap(Decoding.of(DomainEvents.OF_SALES, TributaryGraph::saleChange), type),
            "sales");
    DataStream<Change<PromotionEvent>> collected =
        named(receivables.flatMap(new ReceiptsOfLines(), type), "receipts");

    Folds.Promotions setup = Folds.promotions(policy);
    int version = setup.fold().version();
    RowMaker<Stamped<SumLine<PromotionAddress, PromotionMeasures>>> row =
        rowsOf(
            LakeLayout.PROMOTIONS, policyVersion -> LakeLayout.promotions(version, policyVersion));
    return named(
        named(
                planned
                    .union(sold, collected)
                    .transform(
                        "add-up-promotions",
                        Delta.typeOf(PromotionAddress.class, PromotionMeasures.class),
                        new AddUpLocally<>(setup, epoch, MAX_BUFFERED)),
                "add-up-promotions")
            .keyBy(Delta::key, CodecTypeInfo.TEXT)
            .transform("promotions", lakeType, new CommutativeLedger<>(setup, epoch, row)),
        "promotions");
  }

  private SingleOutputStreamOperator<Posted<CreditLine>> credit(
      DataStream<Naming> resolved,
      DataStream<Posted<ReceivablesLine>> receivables,
      DataStream<DayClosed> closes) {
    TypeInformation<Change<CreditEvent>> type = Change.typeOf(CreditEvent.class);
    DataStream<Change<CreditEvent>> told =
        named(
            resolved.flatMap(Decoding.of(CreditEvents.TYPES, TributaryGraph::creditChange), type),
            "credit-events");
    DataStream<Change<CreditEvent>> moved =
        named(receivables.flatMap(new BalancesOfLines(), type), "balances");

    Folds.Credit setup = Folds.credit(policy);
    int version = setup.fold().version();
    return named(
        WakingLedger.connect(
            "credit",
            told.union(moved).keyBy(Change::subject, CodecTypeInfo.TEXT),
            closes,
            Posted.typeOf(CreditLine.class),
            new WakingLedger<>(
                setup,
                epoch,
                MAX_BUFFERED,
                lake,
                rowsOf(
                    LakeLayout.CREDIT, policyVersion -> LakeLayout.credit(version, policyVersion)),
                OpsRows::change)),
        "credit");
  }

  private SingleOutputStreamOperator<Posted<AttributionLine>> attribution(
      DataStream<Naming> resolved) {
    var setup = Folds.attribution(policy);
    int version = setup.fold().version();
    return named(
        named(
                resolved.flatMap(
                    Decoding.ofSeveral(
                        AttributionEvents.TYPES, new AttributionChanges(policy.attribution())),
                    Change.typeOf(AttributionEvent.class)),
                "attribution-events")
            .keyBy(Change::subject, CodecTypeInfo.TEXT)
            .transform(
                "attribution",
                Posted.typeOf(AttributionLine.class),
                new OrderedLedger<>(
                    setup,
                    epoch,
                    MAX_BUFFERED,
                    lake,
                    rowsOf(
                        LakeLayout.ATTRIBUTION,
                        policyVersion -> LakeLayout.attribution(version, policyVersion)),
                    OpsRows::change)),
        "attribution");
  }

  private static Optional<Naming> naming(FactChange change, SpecificRecord record) {
    return DomainEvents.customerId(record)
        .map(customerId -> new Naming(customerId, change.sign(), change.fact()));
  }

  private static Optional<IdentityEvent> identity(FactChange change, SpecificRecord record) {
    String company = change.fact().company();
    return switch (record) {
      case CustomerMerged merged ->
          Optional.of(
              new IdentityEvent.Merged(
                  company,
                  change.fact().originId(),
                  merged.getCustomerId(),
                  merged.getDuplicateId(),
                  change.sign()));
      case CustomerSplit split ->
          Optional.of(new IdentityEvent.Split(company, split.getMergeEventId(), change.sign()));
      default -> Optional.empty();
    };
  }

  private static Optional<Change<ReceivablesEvent>> receivablesChange(
      Naming naming, SpecificRecord record) {
    return DomainEvents.receivables(record).map(event -> change(naming, event));
  }

  /** An event of the debtor it names. */
  private static <E> Change<E> change(Naming naming, E event) {
    Fact fact = naming.fact();
    return new Change<>(
        Subject.of(fact.company(), naming.customerId()),
        DomainEvents.place(fact),
        fact.hash(),
        naming.sign(),
        event);
  }

  private static Optional<Change<CreditEvent>> creditChange(Naming naming, SpecificRecord record) {
    return CreditEvents.of(record).map(event -> change(naming, event));
  }

  private static Optional<Change<PromotionEvent>> promotionChange(
      FactChange change, SpecificRecord record) {
    return promotionChange(change.fact(), null, change.sign(), record);
  }

  private static Optional<Change<PromotionEvent>> saleChange(Naming naming, SpecificRecord record) {
    return promotionChange(naming.fact(), naming.customerId(), naming.sign(), record);
  }

  private static Optional<Change<PromotionEvent>> promotionChange(
      Fact fact, String customerId, int sign, SpecificRecord record) {
    return DomainEvents.promotion(fact.company(), customerId, record)
        .map(
            event ->
                new Change<>(fact.company(), DomainEvents.place(fact), fact.hash(), sign, event));
  }

  private static SingleOutputStreamOperator<FactChange> ofType(
      DataStream<FactChange> changes, String type) {
    return named(changes.filter(change -> change.fact().type().equals(type)), "only-" + type);
  }

  private static <T> SingleOutputStreamOperator<T> named(
      SingleOutputStreamOperator<T> operator, String name) {
    return operator.name(name).uid(name);
  }

  private <T> RowMaker<T> rowsOf(String table, ShapeMaker<T> shape) {
    return new ShapedRows<>(tables.indexOf("ledger." + table), policy.fingerprint(), shape);
  }

  /** Makes a table's shape where it is needed: shapes do not travel. */
  private interface ShapeMaker<T> extends java.io.Serializable {
    RowShape<T> shape(String policyVersion);
  }

  /** Makes rows by a shape. */
  private static final class ShapedRows<T> implements RowMaker<T> {
    private static final long serialVersionUID = 1L;
    private final int table;
    private final String policyVersion;
    private final ShapeMaker<T> maker;
    private transient RowShape<T> shape;

    ShapedRows(int table, String policyVersion, ShapeMaker<T> maker) {
      this.table = table;
      this.policyVersion = policyVersion;
      this.maker = maker;
    }

    @Override
    public LakeRow row(T value) {
      if (shape == null) {
        shape = maker.shape(policyVersion);
      }

      return LakeRow.of(table, shape.row(value));
    }
  }
}
