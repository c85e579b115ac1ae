create table if not exists raw.sales (
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
    sale_recorded row(sale_id varchar, customer_id varchar, store_id varchar, region varchar, sold_on date, settlement varchar, currency varchar, lines array(row(line_no integer, product_id varchar, promotion_id varchar, units_micros bigint, net_amount_micros bigint, cost_of_goods_micros bigint))),
    business_day_closed row(zone varchar, closed_on date, "partition" varchar, partitions array(varchar))
)
with (
    format = 'PARQUET',
    format_version = 2
)
