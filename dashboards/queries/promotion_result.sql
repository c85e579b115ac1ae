-- Grain: promotion.
select
    r.name,
    r.media,
    cast(r.starts_on as timestamp(6)) as starts_on,
    r.participants,
    cast(r.units as double) as units,
    cast(r.planned_cost as double) as planned_cost,
    cast(r.cost as double) as cost,
    cast(r.sales as double) as sales,
    cast(r.gross_profit as double) as gross_profit,
    cast(r.output_input as double) as output_input,
    cast(r.roi as double) as roi,
    cast(r.collected as double) as collected
from (${mart.promotion_result}) r
where r.coded and r.company in ${company} and r.currency in ${currency}
order by r.sales desc, r.starts_on desc, r.promotion_id
limit 200
