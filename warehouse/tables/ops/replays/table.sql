create table if not exists ops.replays (
    topic varchar,
    "partition" integer,
    "offset" bigint,
    replay_of_topic varchar,
    replay_of_partition integer,
    replay_of_offset bigint,
    reason varchar,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
