with result as (
    select
        r.cut,
        r.as_of,
        r.company,
        r.media,
        r.currency,
        r.promotion_id,
        r.cost,
        r.units,
        r.sales,
        r.cost_of_goods,
        r.collected
    from (${mart.promotion_result}) r
    where r.coded
)
select
    r.cut,
    r.as_of,
    r.company,
    r.media,
    r.currency,
    count(distinct r.promotion_id) as promotions,
    sum(r.cost) as cost,
    sum(r.units) as units,
    sum(r.sales) as sales,
    sum(r.cost_of_goods) as cost_of_goods,
    sum(r.sales) - sum(r.cost_of_goods) as gross_profit,
    sum(r.collected) as collected,
    sum(r.sales) / nullif(sum(r.cost), decimal '0.000000') as output_input,
    (sum(r.sales) - sum(r.cost_of_goods) - sum(r.cost)) / nullif(sum(r.cost), decimal '0.000000') as roi
from result r
group by r.cut, r.as_of, r.company, r.media, r.currency
