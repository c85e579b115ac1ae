create table if not exists ledger.promotions (
    company varchar,
    promotion_id varchar,
    region varchar,
    cost_class varchar,
    currency varchar,
    effective_on date,
    cost decimal(18,6),
    planned_cost decimal(18,6),
    sales decimal(18,6),
    cost_of_goods decimal(18,6),
    units decimal(18,6),
    collected decimal(18,6),
    credited decimal(18,6),
    sale_lines bigint,
    participants bigint,
    rule_id varchar,
    fold_version integer,
    policy_version varchar,
    epoch bigint,
    cut bigint
)
with (
    format = 'PARQUET',
    format_version = 2
)
