with line as (
    select
        s.cut as as_of_cut,
        l.topic,
        l."partition",
        l."offset",
        l.kafka_timestamp,
        l.reason,
        l.field,
        l.message,
        l.source_file,
        l.source_line,
        l.cut
    from ${span.raw} s
    join mart.rejected_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- a record that was sent again, and the first rejection that it names
replay as (
    select l.topic, l."partition", l."offset", l.replay_of_topic, l.replay_of_partition, l.replay_of_offset, l.reason
    from ${span.raw} s
    join mart.replay_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
fate as (
    select
        r.replay_of_topic as topic,
        r.replay_of_partition as "partition",
        r.replay_of_offset as "offset",
        if(bool_or(r.reason is null), 'brought back', 'rejected again') as fate
    from replay r
    group by r.replay_of_topic, r.replay_of_partition, r.replay_of_offset
    union all
    select r.topic, r."partition", r."offset", 'replay' as fate
    from replay r
    where r.reason is not null
)
select
    l.as_of_cut as cut,
    l.reason,
    l.topic,
    l."partition",
    l."offset",
    cast(l.kafka_timestamp at time zone '${zone}' as timestamp(6)) as arrived_at,
    l.field,
    l.message,
    l.source_file,
    l.source_line,
    coalesce(
        f.fix, 'look at the message and the bytes, correct the source, send it again or run replay-rejected'
    ) as how_to_fix,
    l.cut as rejected_cut,
    coalesce(t.fate, 'waiting') as fate
from line l
left join fate t on t.topic = l.topic and t."partition" = l."partition" and t."offset" = l."offset"
left join (values
    ('not_avro', 'the producer sends other bytes: make it write the framed Avro of the topic, then send again'),
    ('unknown_schema_id', 'release the schema the producer uses, then run replay-rejected'),
    ('wrong_topic', 'the event belongs to another topic: correct the producer, then send it there'),
    ('missing_field', 'fill the field in the source and import it again'),
    ('negative_amount', 'amounts are not negative: use a credit note or a correction'),
    ('unknown_currency', 'use an ISO 4217 code in the source and import it again'),
    ('far_future', 'occurred_at is over 24 h after arrival: correct the clock or the date, then import it again'),
    ('merge_into_itself', 'a merge names two different ids: correct it at the source'),
    ('merge_cycle', 'the ids are one customer already: nothing to do, or correct the merge at the source'),
    ('wrong_type', 'the value does not have the type of its column: correct the file or the mapping'),
    ('unknown_column', 'name the column in the mapping or take it out of the file'),
    ('unreadable_file', 'save the file as UTF-8 CSV or NDJSON and import it again'),
    ('record_too_large', 'the record is above 1 MB: split the document'),
    ('invalid_value', 'correct the value in the source and import it again'),
    ('row_rejected', 'the import says file, line and column: correct the row and import the file again')
) as f (reason, fix) on f.reason = l.reason
