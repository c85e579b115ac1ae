package dev.tributary.cli;

import dev.tributary.schemas.RejectReason;

/** What to do about a rejected record, by its reason. */
final class Remedies {

  private Remedies() {}

  /** For a reason's wire name; also for one that this version does not know. */
  static String of(String reason) {
    return RejectReason.ofWireName(reason)
        .map(Remedies::of)
        .orElse("a newer version rejected it; look at its message");
  }

  private static String of(RejectReason reason) {
    return switch (reason) {
      case NOT_AVRO -> "make the producer write framed Avro, then let it send again";
      case UNKNOWN_SCHEMA_ID ->
          "release the producer's schema, restart the stack, then replay-rejected";
      case WRONG_TOPIC -> "correct the producer; replay-rejected sends it to the right topic";
      case MISSING_FIELD -> "fill the field at the source and send or import it again";
      case NEGATIVE_AMOUNT -> "send a credit note or a correction instead";
      case UNKNOWN_CURRENCY -> "use an ISO 4217 code at the source and send or import it again";
      case FAR_FUTURE ->
          "correct the source's clock or date; if the date is right and near by now:"
              + " replay-rejected --reason far_future";
      case MERGE_INTO_ITSELF -> "name two different customers at the source";
      case MERGE_CYCLE -> "the two are one already: nothing, or correct it at the source";
      case WRONG_TYPE -> "correct the value in the file, or the mapping, and import it again";
      case UNKNOWN_COLUMN -> "name the column in the mapping, or leave it out of the file";
      case UNKNOWN_EVENT -> "correct the type's name in the file, and import it again";
      case UNREADABLE_FILE -> "save the file as UTF-8 CSV or NDJSON, and import it again";
      case RECORD_TOO_LARGE -> "split the document: a record is at most 1 MB";
      case INVALID_VALUE -> "correct the value at the source and send or import it again";
      case INVALID_PHONE -> "correct the number in the file, and import it again";
      case ROW_REJECTED -> "look at its message, correct the file, and import it again";
    };
  }
}
