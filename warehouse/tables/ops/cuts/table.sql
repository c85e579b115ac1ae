create table if not exists ops.cuts (
    cut bigint,
    ordinal bigint,
    epoch bigint,
    parent bigint,
    mode varchar,
    published_at timestamp(6) with time zone,
    watermark timestamp(6) with time zone,
    business_days map(varchar, date),
    offsets map(varchar, bigint),
    row_counts map(varchar, bigint),
    snapshots map(varchar, bigint),
    policy map(varchar, varchar),
    complete boolean
)
with (
    format = 'PARQUET',
    format_version = 2
)
