-- Grain: campaign of a channel, by the chosen model; the fifty that earned most.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
select
    r.channel,
    coalesce(r.campaign, '–') as campaign,
    cast(sum(r.credit) as double) as credit,
    cast(sum(r.revenue) as double) as revenue
from (${mart.attribution_result}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
group by r.channel, coalesce(r.campaign, '–')
order by sum(r.revenue) desc, r.channel, coalesce(r.campaign, '–')
limit 50
