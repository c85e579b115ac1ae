-- Grain: month and channel, by the chosen model. A refund counts in its own month.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
select
    cast(r.month as timestamp(6)) as month,
    r.channel,
    cast(sum(r.credit) as double) as credit,
    cast(sum(r.revenue) as double) as revenue
from (${mart.attribution_result}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
group by r.month, r.channel
