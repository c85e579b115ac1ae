package dev.tributary.ingestion.generate;

import java.time.YearMonth;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event and how it arrives.
 *
 * @param record the event
 * @param topic topic that it belongs to
 * @param partition partition that it must go to; null: that of its key
 * @param key Kafka key; null for day closes
 * @param arrival place in the order of arrival, from 0
 * @param month month that it arrives in, which for a late event is not the month it happened in
 * @param phone the number behind the event's pseudonym; null without one. Made up; for files only.
 */
public record GeneratedEvent(
    SpecificRecord record,
    String topic,
    Integer partition,
    String key,
    long arrival,
    YearMonth month,
    String phone) {}
