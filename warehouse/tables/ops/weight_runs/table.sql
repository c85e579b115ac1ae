create table if not exists ops.weight_runs (
    cut bigint,
    periods bigint,
    solved bigint,
    solved_at timestamp(6) with time zone
)
with (
    format = 'PARQUET',
    format_version = 2
)
