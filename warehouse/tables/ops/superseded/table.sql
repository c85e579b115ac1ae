create table if not exists ops.superseded (
    topic varchar,
    "partition" integer,
    "offset" bigint,
    event_id varchar,
    origin_id varchar,
    event_type varchar,
    revision integer,
    content_hash varchar,
    change integer,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
