create table if not exists ledger.identity (
    company varchar,
    customer_id varchar,
    survivor_id varchar,
    members bigint,
    fold_version integer,
    policy_version varchar,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
