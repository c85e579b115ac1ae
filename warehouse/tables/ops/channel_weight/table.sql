create table if not exists ops.channel_weight (
    company varchar,
    goal varchar,
    month date,
    model varchar,
    channel varchar,
    effect decimal(18,15),
    share decimal(18,15),
    chain_order integer,
    converted bigint,
    lost bigint,
    fingerprint varchar,
    version integer,
    cut bigint,
    solved_at timestamp(6) with time zone
)
with (
    format = 'PARQUET',
    format_version = 2
)
