package dev.tributary.bench;

import dev.tributary.events.Envelope;
import dev.tributary.events.PromotionCostIncurred;
import dev.tributary.events.PromotionPlanned;
import dev.tributary.events.SaleLine;
import dev.tributary.events.SaleRecorded;
import dev.tributary.events.Settlement;
import dev.tributary.runtime.source.KafkaRecord;
import dev.tributary.schemas.Decoded;
import dev.tributary.schemas.WireFormat;
import java.time.LocalDate;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes records as the job does and hands SQL rows in its own format, so that nothing is
 * converted. Texts are empty where the event has none: SQL can then key by them.
 */
final class DecodeRows extends ProcessFunction<KafkaRecord, RowData> {

  private static final long serialVersionUID = 1L;

  private static final LogicalType TEXT = new VarCharType(false, VarCharType.MAX_LENGTH);
  private static final LogicalType WHOLE = new BigIntType(false);
  private static final LogicalType DAY = new DateType(false);

  /** One row a sale, its lines within. */
  static final InternalTypeInfo<RowData> SALES =
      InternalTypeInfo.ofFields(
          new LogicalType[] {
            TEXT,
            TEXT,
            TEXT,
            TEXT,
            DAY,
            new BooleanType(false),
            TEXT,
            new ArrayType(
                false,
                RowType.of(
                    false,
                    new LogicalType[] {TEXT, WHOLE, WHOLE, WHOLE},
                    new String[] {"promotion_id", "units", "net_amount", "cost_of_goods"}))
          },
          new String[] {
            "origin_id",
            "company",
            "customer_id",
            "region",
            "sold_on",
            "at_sale",
            "currency",
            "lines"
          });

  /** Costs and planned costs. */
  static final OutputTag<RowData> SPENDING =
      new OutputTag<>(
          "spending",
          InternalTypeInfo.ofFields(
              new LogicalType[] {TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, DAY, WHOLE, WHOLE},
              new String[] {
                "origin_id",
                "company",
                "promotion_id",
                "region",
                "cost_class",
                "currency",
                "effective_on",
                "cost",
                "planned_cost"
              }));

  private transient WireFormat wire;

  @Override
  public void open(OpenContext context) {
    wire = new WireFormat();
  }

  @Override
  public void processElement(KafkaRecord record, Context context, Collector<RowData> out) {
    if (wire.decode(record.value(), record.topic(), record.timestamp())
        instanceof Decoded.Event event) {
      switch (event.record()) {
        case SaleRecorded sale -> out.collect(row(sale));
        case PromotionCostIncurred cost -> context.output(SPENDING, row(cost));
        case PromotionPlanned plan -> context.output(SPENDING, row(plan));
        default -> {}
      }
    }
  }

  private static RowData row(SaleRecorded sale) {
    Object[] lines = new Object[sale.getLines().size()];
    for (int i = 0; i < lines.length; i++) {
      SaleLine line = sale.getLines().get(i);
      lines[i] =
          GenericRowData.of(
              text(line.getPromotionId()),
              line.getUnitsMicros(),
              line.getNetAmountMicros(),
              line.getCostOfGoodsMicros());
    }
    return GenericRowData.of(
        text(originId(sale.getEnvelope())),
        text(sale.getEnvelope().getCompany()),
        text(sale.getCustomerId()),
        text(sale.getRegion()),
        day(sale.getSoldOn()),
        sale.getSettlement() == Settlement.AT_SALE,
        text(sale.getCurrency()),
        new GenericArrayData(lines));
  }

  private static RowData row(PromotionCostIncurred cost) {
    return GenericRowData.of(
        text(originId(cost.getEnvelope())),
        text(cost.getEnvelope().getCompany()),
        text(cost.getPromotionId()),
        text(cost.getRegion()),
        text(cost.getCostClass().name()),
        text(cost.getCurrency()),
        day(cost.getIncurredOn()),
        cost.getAmountMicros(),
        0L);
  }

  private static RowData row(PromotionPlanned plan) {
    return GenericRowData.of(
        text(originId(plan.getEnvelope())),
        text(plan.getEnvelope().getCompany()),
        text(plan.getPromotionId()),
        text(plan.getRegion()),
        text(""),
        text(plan.getCurrency()),
        day(plan.getStartsOn()),
        0L,
        plan.getPlannedCostMicros());
  }

  private static String originId(Envelope envelope) {
    return envelope.getCorrects() == null ? envelope.getEventId() : envelope.getCorrects();
  }

  private static StringData text(String value) {
    return StringData.fromString(value == null ? "" : value);
  }

  private static int day(LocalDate day) {
    return Math.toIntExact(day.toEpochDay());
  }
}
