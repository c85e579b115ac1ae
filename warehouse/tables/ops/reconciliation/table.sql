create table if not exists ops.reconciliation (
    cut bigint,
    area varchar,
    check_id varchar,
    name varchar,
    rule_id varchar,
    compared bigint,
    off_count bigint,
    off_by decimal(38,6),
    checked_at timestamp(6) with time zone
)
with (
    format = 'PARQUET',
    format_version = 2
)
