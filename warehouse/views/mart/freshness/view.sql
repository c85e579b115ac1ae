with moment as (
    select c.cut, c.ordinal, c.published_at, c.watermark, c.business_days
    from mart.cut c
    where c.cut = ${cut}
)
select
    m.cut,
    m.ordinal,
    d.company,
    d.closed_on,
    cast(m.published_at at time zone '${zone}' as timestamp(6)) as published_at,
    cast(m.watermark at time zone '${zone}' as timestamp(6)) as watermark,
    date_diff('second', m.published_at, current_timestamp) as cut_age_seconds,
    date_diff('day', d.closed_on, cast(m.published_at at time zone '${zone}' as date)) as days_behind
from moment m
cross join unnest(coalesce(m.business_days, cast(map() as map(varchar, date)))) as d (company, closed_on)
