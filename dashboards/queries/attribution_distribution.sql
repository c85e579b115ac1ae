-- Grain: length of the path, or time from its first touch, in steps; conversions with a touch. An upper end belongs to the next step.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
with conversion as (
    select
        case when r.length <= 3 then r.length when r.length <= 5 then 4 when r.length <= 10 then 5 else 6 end as length_step,
        case when r.lag_days < 1 then 1 when r.lag_days < 3 then 2 when r.lag_days < 7 then 3 when r.lag_days < 14 then 4 when r.lag_days < 30 then 5 when r.lag_days < 90 then 6 else 7 end as lag_step,
        r.value
    from (${mart.journey}) r
    where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and r.converted and r.length > 0
)
select
    if(s.measure = 1, '${di_length}', '${di_lag}') as measure,
    if(
        s.measure = 1,
        element_at(array['1', '2', '3', '4–5', '6–10', '11+'], s.step),
        element_at(array['0–1', '1–3', '3–7', '7–14', '14–30', '30–90', '90+'], s.step)
    ) as step,
    count(*) as conversions,
    cast(count(*) as double) / sum(count(*)) over (partition by s.measure) as share,
    cast(sum(c.value) as double) as revenue,
    s.measure * 100 + s.step as ord
from conversion c
cross join unnest(array[1, 2], array[c.length_step, c.lag_step]) as s (measure, step)
group by s.measure, s.step
