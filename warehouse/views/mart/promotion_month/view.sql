with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.promotion_id,
        l.currency,
        l.effective_on,
        l.cost,
        l.sales,
        l.cost_of_goods,
        l.units,
        l.collected,
        l.credited
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.promotion_id is not null and l.currency <> ''
)
select
    l.cut,
    l.as_of,
    l.company,
    cast(date_trunc('month', l.effective_on) as date) as month,
    date_trunc('month', l.effective_on) < date_trunc('month', date_add('day', 1, l.as_of)) as closed,
    l.currency,
    sum(l.cost) as cost,
    sum(l.sales) as sales,
    sum(l.cost_of_goods) as cost_of_goods,
    sum(l.sales) - sum(l.cost_of_goods) as gross_profit,
    sum(l.units) as units,
    sum(l.collected) as collected,
    sum(l.credited) as credited
from line l
where l.effective_on <= l.as_of
group by 1, 2, 3, 4, 5, 6
having sum(abs(l.cost)) + sum(abs(l.sales)) + sum(abs(l.cost_of_goods)) + sum(abs(l.units)) + sum(abs(l.collected)) + sum(abs(l.credited)) <> 0
