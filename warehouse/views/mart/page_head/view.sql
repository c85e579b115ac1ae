with newest as (
    select max_by(c.cut, c.ordinal) as cut, max(c.ordinal) as ordinal
    from mart.cut c
),
moment as (
    select c.cut, c.ordinal, c.published_at, c.watermark, c.business_days, c.last_day
    from mart.cut c
    where c.cut = ${cut}
)
select
    m.cut,
    case
        when m.cut is null then 'unknown'
        when m.ordinal is null then 'not live'
        when m.cut = n.cut then 'now'
        else 'past'
    end as state,
    n.cut as newest_cut,
    n.ordinal - m.ordinal as cuts_behind,
    cast(m.published_at at time zone '${zone}' as timestamp(6)) as published_at,
    date_diff('second', m.published_at, current_timestamp) as age_seconds,
    cast(m.watermark at time zone '${zone}' as timestamp(6)) as watermark,
    array_join(transform(array_sort(map_entries(m.business_days)), d -> d[1] || ' ' || cast(least(coalesce(${as_of}, d[2]), d[2]) as varchar)), ', ') as as_of,
    '${zone}' as zone
from newest n
left join moment m on true
