create table if not exists raw.promotions (
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
    promotion_planned row(promotion_id varchar, name varchar, media array(varchar), region varchar, starts_on date, ends_on date, planned_cost_micros bigint, currency varchar),
    promotion_cost_incurred row(promotion_id varchar, cost_class varchar, incurred_on date, amount_micros bigint, currency varchar, region varchar),
    promotion_finished row(promotion_id varchar, finished_on date),
    business_day_closed row(zone varchar, closed_on date, "partition" varchar, partitions array(varchar))
)
with (
    format = 'PARQUET',
    format_version = 2
)
