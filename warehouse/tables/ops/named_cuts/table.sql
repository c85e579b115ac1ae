create table if not exists ops.named_cuts (
    name varchar,
    cut bigint,
    note varchar,
    named_at timestamp(6) with time zone
)
with (
    format = 'PARQUET',
    format_version = 2
)
