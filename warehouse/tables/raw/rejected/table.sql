create table if not exists raw.rejected (
    topic varchar,
    "partition" integer,
    "offset" bigint,
    kafka_timestamp timestamp(6) with time zone,
    event_id varchar,
    origin_id varchar,
    event_type varchar,
    revision integer,
    content_hash varchar,
    occurred_at timestamp(6) with time zone,
    recorded_at timestamp(6) with time zone,
    company varchar,
    source varchar,
    source_sequence bigint,
    schema_id integer,
    payload varbinary,
    epoch bigint,
    cut bigint,
    row_rejected row(file varchar, line bigint, field varchar, reason varchar, message varchar, row varchar),
    business_day_closed row(zone varchar, closed_on date, "partition" varchar, partitions array(varchar))
)
with (
    format = 'PARQUET',
    format_version = 2
)
