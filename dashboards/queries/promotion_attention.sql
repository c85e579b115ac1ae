-- Grain: one finding. An empty list says so; a cut that does not exist gives no row.
with result as (
    select
        r.name,
        r.media,
        r.starts_on,
        r.ends_on,
        cast(r.cost as double) as cost,
        cast(r.planned_cost as double) as planned,
        cast(r.sales as double) as sales,
        cast(r.gross_profit as double) as gross_profit,
        cast(r.roi as double) as roi,
        r.currency
    from (${mart.promotion_result}) r
    where r.coded and r.company in ${company} and r.currency in ${currency}
),
finding as (
    select
        case when r.sales = 0 then 1 when r.roi < 0 then 2 else 3 end as kind,
        if(r.sales = 0 or r.roi < -0.1e0, 'bad', 'watch') as state,
        format(case when r.sales = 0 then '${a_no_sales}' when r.roi < 0 then '${a_loss}' else '${a_over}' end, r.name) as what,
        array_join(filter(array[nullif(r.media, ''), format('%tF – %tF', r.starts_on, r.ends_on), if(r.roi is not null, format('ROI %.0f %%', 100 * r.roi))], p -> p is not null), ' · ') as detail,
        case when r.roi < 0 then r.gross_profit - r.cost else r.planned - r.cost end as amount,
        r.currency
    from result r
    where r.cost > 0 and (r.sales = 0 or r.roi < 0 or r.cost > 1.05e0 * nullif(r.planned, 0))
)
select f.kind, f.state, f.what, f.detail, format('%+,.1f ', f.amount / ${money_div}e0) || '${money_prefix}' || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), f.currency), f.currency) as money, f.amount
from (select f.*, row_number() over (order by f.amount) as place from finding f) f
where f.place <= 6
union all
select 9, 'good', '${a_calm}', '', '', 0
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from finding)
