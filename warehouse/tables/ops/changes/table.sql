create table if not exists ops.changes (
    fold varchar,
    company varchar,
    subject varchar,
    reversed_lines bigint,
    posted_lines bigint,
    trigger_event_id varchar,
    trigger_type varchar,
    triggers bigint,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
