create table if not exists ledger.credit (
    company varchar,
    customer_id varchar,
    entry varchar,
    component varchar,
    item_id varchar,
    grade varchar,
    alert varchar,
    step varchar,
    since timestamp(6) with time zone,
    currency varchar,
    amount decimal(18,6),
    signed_count bigint,
    due_on date,
    effective_on date,
    rule_id varchar,
    evidence_id varchar,
    fold_version integer,
    policy_version varchar,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
