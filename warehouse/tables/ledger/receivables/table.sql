create table if not exists ledger.receivables (
    company varchar,
    customer_id varchar,
    account varchar,
    entry varchar,
    document_id varchar,
    item_id varchar,
    promotion_id varchar,
    region varchar,
    currency varchar,
    amount decimal(18,6),
    effective_on date,
    due_on date,
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
