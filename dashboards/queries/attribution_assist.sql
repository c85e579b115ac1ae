-- Grain: channel. A conversion counts once for each channel on its path: as last for that of the last touch, as assisted for the others.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
select
    c.channel,
    cast(coalesce(sum(r.conversions) filter (where c.channel <> element_at(split(r.path, ' > '), -1)), 0) as double) as assisted,
    cast(coalesce(sum(r.conversions) filter (where c.channel = element_at(split(r.path, ' > '), -1)), 0) as double) as last,
    cast(coalesce(sum(r.value) filter (where c.channel <> element_at(split(r.path, ' > '), -1)), 0) as double) as revenue
from (${mart.path}) r
cross join unnest(array_distinct(split(r.path, ' > '))) as c (channel)
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and r.path <> '' and r.conversions > 0
group by c.channel
