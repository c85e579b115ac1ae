-- Grain: one ledger line of a promotion; the newest fifty.
select
    format('%d', p.posted_cut) as posted_cut,
    cast(p.effective_on as timestamp(6)) as effective_on,
    p.name,
    coalesce(p.region, '–') as region,
    coalesce(p.cost_class, '–') as cost_class,
    cast(p.cost as double) as cost,
    cast(p.sales as double) as sales,
    cast(p.sales - p.cost_of_goods as double) as gross_profit,
    cast(p.units as double) as units,
    cast(p.collected as double) as collected,
    p.rule_id
from (${mart.promotion_posting}) p
where p.company in ${company} and p.currency in ${currency} and p.promotion_id is not null
order by p.posted_cut desc, p.effective_on desc, p.name, p.region, p.cost_class
limit 50
