-- Grain: goal, by the chosen model. Every goal is set against the same spend; the control's does not filter them.
{% set goal = filter_values('goal', remove_filter=True) %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
with goal as (
    select
        r.goal,
        max(r.money) as money,
        sum(r.spend) as spend,
        sum(r.conversions) as conversions,
        sum(r.revenue) as revenue,
        sum(r.costs_without_rate) as costs_without_rate,
        sum(r.costs_without_rate) + count_if(r.revenue_without_rate is not null) as without_rate
    from (${mart.channel_return}) r
    where r.company in ${company} and r.currency in ${currency} and r.model in {{ model | where_in }}
    group by r.goal
),
risk as (
    select
        k.goal,
        sum(k.revenue) filter (where k.risk_adjusted is not null) as known,
        sum(coalesce(k.risk_adjusted, k.revenue)) as adjusted
    from (${mart.channel_risk}) k
    where k.company in ${company} and k.currency in ${currency} and k.model in {{ model | where_in }}
    group by k.goal
)
select
    g.goal,
    coalesce(element_at(map(array['CONTRACTED', 'BILLED', 'COLLECTED', 'SOLD', 'DEPOSITED'], array['${mo_contracted}', '${mo_billed}', '${mo_collected}', '${mo_sold}', '${mo_deposited}']), g.money), '–') as money,
    cast(g.revenue as double) as revenue,
    if(g.spend > 0 and g.without_rate = 0 and (g.conversions <> 0 or g.revenue <> 0), cast(g.revenue as double) / nullif(cast(g.spend as double), 0)) as roas,
    if(g.spend > 0 and g.costs_without_rate = 0 and g.conversions > 0, cast(g.spend as double) / nullif(cast(g.conversions as double), 0)) as cpa,
    if(g.spend > 0 and g.without_rate = 0 and a.known <> 0, cast(a.adjusted as double) / nullif(cast(g.spend as double), 0)) as risk_adjusted,
    if(g.revenue > 0, cast(coalesce(a.known, 0) as double) / nullif(cast(g.revenue as double), 0)) as known_share
from goal g
left join risk a on a.goal = g.goal
