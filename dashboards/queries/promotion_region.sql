-- Grain: region. Cost that is bound to no region is spread by coded sales (configured).
select
    coalesce(r.region, '${no_region}') as region,
    cast(r.cost as double) as cost,
    cast(r.spread_cost as double) as spread_cost,
    cast(r.sales as double) as sales,
    cast(r.gross_profit as double) as gross_profit,
    cast(r.collected as double) as collected
from (${mart.promotion_region}) r
where r.company in ${company} and r.currency in ${currency}
