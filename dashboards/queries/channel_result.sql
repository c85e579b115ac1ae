-- Grain: channel, by the chosen goal and model. Idle is what was spent on campaigns, or channels, that earned no conversion.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
with campaign as (
    select
        r.channel,
        r.campaign,
        sum(r.spend) as spend,
        sum(r.conversions) as conversions,
        sum(r.revenue) as revenue,
        sum(r.costs_without_rate) as costs_without_rate,
        sum(r.costs_without_rate) + count_if(r.revenue_without_rate is not null) as without_rate
    from (${mart.channel_return}) r
    where r.company in ${company} and r.currency in ${currency} and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
    group by r.channel, r.campaign
),
judged as (
    select
        c.*,
        -- what is spent on no campaign is spent on the whole channel
        if(
            c.campaign is null,
            bool_or(c.conversions <> 0 or c.revenue <> 0) over (partition by c.channel),
            bool_or(c.conversions <> 0 or c.revenue <> 0) over (partition by c.campaign)
        ) as earns
    from campaign c
)
select
    j.channel,
    cast(sum(j.spend) as double) as spend,
    cast(sum(j.conversions) as double) as conversions,
    cast(sum(j.revenue) as double) as revenue,
    cast(sum(if(j.earns, decimal '0.000000', j.spend)) as double) as idle,
    sum(j.costs_without_rate) as costs_without_rate,
    sum(j.without_rate) as without_rate
from judged j
group by j.channel
