-- Grain: campaign of a channel, by the chosen goal and model; the fifty that cost most.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
with campaign as (
    select
        r.channel,
        coalesce(r.campaign, '–') as campaign,
        sum(r.spend) as spend,
        sum(r.conversions) as conversions,
        sum(r.revenue) as revenue,
        sum(r.costs_without_rate) as costs_without_rate,
        sum(r.costs_without_rate) + count_if(r.revenue_without_rate is not null) as without_rate
    from (${mart.channel_return}) r
    where r.company in ${company} and r.currency in ${currency} and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
    group by r.channel, coalesce(r.campaign, '–')
)
select
    c.channel,
    c.campaign,
    cast(c.spend as double) as spend,
    cast(c.conversions as double) as conversions,
    cast(c.revenue as double) as revenue,
    if(c.spend > 0 and c.without_rate = 0 and (c.conversions <> 0 or c.revenue <> 0), cast(c.revenue as double) / nullif(cast(c.spend as double), 0)) as roas,
    if(c.spend > 0 and c.costs_without_rate = 0 and c.conversions > 0, cast(c.spend as double) / nullif(cast(c.conversions as double), 0)) as cpa
from campaign c
order by c.spend desc, c.revenue desc, c.channel, c.campaign
limit 50
