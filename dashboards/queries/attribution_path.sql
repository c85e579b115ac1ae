-- Grain: path, the fifty with the most conversions. A path that did not convert counts in its rate.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
select
    if(r.path = '', '${no_touch}', r.path) as path,
    max(r.length) as length,
    count_if(r.converted) as conversions,
    count(*) as journeys,
    cast(count_if(r.converted) as double) / count(*) as rate,
    cast(sum(r.value) as double) as revenue,
    avg(if(r.converted, r.lag_days)) as lag_days
from (${mart.journey}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }}
group by r.path
order by count_if(r.converted) desc, count(*) desc, r.path
limit 50
