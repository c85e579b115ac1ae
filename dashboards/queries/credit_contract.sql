-- Grain: month of signing. Contracts that ended are left out.
select
    date_format(c.month, '%Y-%m') as month,
    sum(c.contracts) - sum(c.ended) as contracts,
    cast(sum(c.contracted) as double) as contracted,
    cast(sum(c.collected) as double) as collected,
    cast(sum(c.collected) as double) / nullif(cast(sum(c.contracted) as double), 0) as collected_share,
    cast(sum(c.collected_days) as double) / nullif(cast(sum(c.collected) as double), 0) as days_to_cash
from (${mart.contract_collection}) c
where c.company in ${company} and c.currency in ${currency}
group by c.month
having sum(c.contracts) > sum(c.ended)
