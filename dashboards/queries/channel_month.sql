-- Grain: month, by the chosen goal and model. A refund counts in its own month.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
select
    cast(r.month as timestamp(6)) as month,
    cast(sum(r.spend) as double) as spend,
    cast(sum(r.revenue) as double) as revenue
from (${mart.channel_return}) r
where r.company in ${company} and r.currency in ${currency} and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
group by r.month
