create table if not exists ops.accounting (
    topic varchar,
    "partition" integer,
    first_offset bigint,
    next_offset bigint,
    read bigint,
    accepted bigint,
    duplicate bigint,
    superseded bigint,
    rejected bigint,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
