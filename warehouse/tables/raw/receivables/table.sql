create table if not exists raw.receivables (
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
    invoice_issued row(invoice_id varchar, customer_id varchar, sale_id varchar, region varchar, issued_on date, due_on date, currency varchar, lines array(row(line_no integer, promotion_id varchar, amount_micros bigint))),
    credit_note_issued row(credit_note_id varchar, customer_id varchar, invoice_id varchar, issued_on date, amount_micros bigint, currency varchar, reason varchar),
    payment_received row(payment_id varchar, customer_id varchar, received_on date, amount_micros bigint, currency varchar),
    payment_reversed row(payment_id varchar, customer_id varchar, reversed_on date, reason varchar),
    business_day_closed row(zone varchar, closed_on date, "partition" varchar, partitions array(varchar))
)
with (
    format = 'PARQUET',
    format_version = 2
)
