-- The models of the ledger, which look at one journey, and those that look at everybody.
select
    r.cut,
    r.as_of,
    r.company,
    r.region,
    r.goal,
    r.channel,
    r.attributed,
    r.campaign,
    r.month,
    r.converted_month,
    r.currency,
    r.model,
    r.credit,
    r.revenue
from (${mart.attribution_rule_based}) r
union all
select
    d.cut,
    d.as_of,
    d.company,
    d.region,
    d.goal,
    d.channel,
    d.attributed,
    d.campaign,
    d.month,
    d.converted_month,
    d.currency,
    d.model,
    d.credit,
    d.revenue
from (${mart.attribution_data_driven}) d
