create table if not exists ops.timeline (
    epoch bigint,
    layer varchar,
    from_cut bigint,
    to_cut bigint,
    recorded_at timestamp(6) with time zone
)
with (
    format = 'PARQUET',
    format_version = 2
)
