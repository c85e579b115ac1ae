package dev.tributary.schemas;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why a row or a record cannot be used. Wire names are stable: dashboards and people group by them.
 */
public enum RejectReason {
  /** The bytes are not framed Avro of the schema they name. */
  NOT_AVRO("not_avro"),
  /** The schema id is not among the released ones. */
  UNKNOWN_SCHEMA_ID("unknown_schema_id"),
  /** The event does not belong on the topic it stands on. */
  WRONG_TOPIC("wrong_topic"),
  /** A required value is absent or blank. */
  MISSING_FIELD("missing_field"),
  /** An amount or a quantity is below zero. */
  NEGATIVE_AMOUNT("negative_amount"),
  /** The currency is not an ISO 4217 code. */
  UNKNOWN_CURRENCY("unknown_currency"),
  /** The event happened more than a day after its Kafka timestamp. */
  FAR_FUTURE("far_future"),
  /** A customer is merged with itself. */
  MERGE_INTO_ITSELF("merge_into_itself"),
  /** The two customers of a merge are one already. */
  MERGE_CYCLE("merge_cycle"),
  /** The value is not of the field's type. */
  WRONG_TYPE("wrong_type"),
  /** The file has a column or field that no event and no mapping knows. */
  UNKNOWN_COLUMN("unknown_column"),
  /** The type of the event is not known. */
  UNKNOWN_EVENT("unknown_event"),
  /** The file, or this line of it, cannot be read. */
  UNREADABLE_FILE("unreadable_file"),
  /** The record is larger than the topic takes. */
  RECORD_TOO_LARGE("record_too_large"),
  /** The value is of the right type and still makes no sense. */
  INVALID_VALUE("invalid_value"),
  /** The phone number is not one. */
  INVALID_PHONE("invalid_phone"),
  /** A row was rejected for a reason that this version does not know. */
  ROW_REJECTED("row_rejected");

  private final String wireName;

  RejectReason(String wireName) {
    this.wireName = wireName;
  }

  /** The stable name, as it stands in {@code RowRejected.reason} and {@code ops.rejected}. */
  public String wireName() {
    return wireName;
  }

  /** The reason of this wire name; empty when unknown. */
  public static Optional<RejectReason> ofWireName(String wireName) {
    return Arrays.stream(values()).filter(reason -> reason.wireName.equals(wireName)).findFirst();
  }

  @Override
  public String toString() {
    return wireName;
  }
}
