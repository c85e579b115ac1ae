with result as (
    select
        r.cut,
        r.as_of,
        r.company,
        r.currency,
        count(*) as promotions,
        sum(r.cost) as cost,
        sum(r.planned_cost) as planned_cost,
        sum(r.participants) as participations,
        sum(r.sale_lines) as sale_lines,
        sum(r.units) as units,
        sum(r.sales) as sales,
        sum(r.cost_of_goods) as cost_of_goods,
        sum(r.collected) as collected,
        sum(r.credited) as credited
    from (${mart.promotion_result}) r
    where r.coded
    group by r.cut, r.as_of, r.company, r.currency
),
month as (
    select
        r.cut,
        r.company,
        r.currency,
        cast(date_add('month', -n.back, date_trunc('month', r.as_of)) as date) as month
    from result r
    cross join unnest(sequence(0, 11)) as n (back)
),
trend as (
    select
        m.cut,
        m.company,
        m.currency,
        array_agg(m.month order by m.month) as months,
        array_agg(coalesce(t.cost, decimal '0.000000') order by m.month) as cost_by_month,
        array_agg(coalesce(t.sales, decimal '0.000000') order by m.month) as sales_by_month,
        array_agg(coalesce(t.gross_profit, decimal '0.000000') order by m.month) as gross_profit_by_month,
        array_agg(coalesce(t.collected, decimal '0.000000') order by m.month) as collected_by_month
    from month m
    left join (${mart.promotion_month}) t
        on t.cut = m.cut and t.company = m.company and t.currency = m.currency and t.month = m.month
    group by m.cut, m.company, m.currency
)
select
    r.cut,
    r.as_of,
    r.company,
    r.currency,
    r.promotions,
    r.cost,
    r.planned_cost,
    r.participations,
    r.sale_lines,
    r.units,
    r.sales,
    r.cost_of_goods,
    r.sales - r.cost_of_goods as gross_profit,
    r.collected,
    r.credited,
    r.sales / nullif(r.cost, decimal '0.000000') as output_input,
    (r.sales - r.cost_of_goods - r.cost) / nullif(r.cost, decimal '0.000000') as roi,
    t.months,
    t.cost_by_month,
    t.sales_by_month,
    t.gross_profit_by_month,
    t.collected_by_month
from result r
join trend t on t.cut = r.cut and t.company = r.company and t.currency = r.currency
