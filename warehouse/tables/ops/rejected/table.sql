create table if not exists ops.rejected (
    topic varchar,
    "partition" integer,
    "offset" bigint,
    kafka_timestamp timestamp(6) with time zone,
    reason varchar,
    field varchar,
    message varchar,
    source_file varchar,
    source_line bigint,
    payload varbinary,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
