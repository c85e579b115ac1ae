-- Grain: region of the customer and channel, by the chosen model.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
select
    coalesce(r.region, '${no_region}') as region,
    r.channel,
    cast(sum(r.credit) as double) as credit,
    cast(sum(r.revenue) as double) as revenue
from (${mart.attribution_result}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
group by coalesce(r.region, '${no_region}'), r.channel
