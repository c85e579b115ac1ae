with live as (
    select
        c.cut,
        c.ordinal,
        c.newest,
        c.business_days,
        lag(c.business_days) over (order by c.ordinal) as business_days_before
    from mart.cut c
    where c.ordinal is not null
),
-- a close came into effect at the cut that is the first to know it; after a fork it may do so again, and the last time counts
close as (
    select
        l.cut,
        l.ordinal,
        d.company,
        d.closed_on,
        row_number() over (partition by d.company, date_trunc('month', d.closed_on) order by d.closed_on desc, l.ordinal desc) as place_in_month,
        dense_rank() over (partition by d.company order by d.closed_on desc) as days_back,
        row_number() over (partition by d.company, d.closed_on order by l.ordinal desc) as place_in_day
    from live l
    cross join unnest(l.business_days) as d (company, closed_on)
    where l.business_days_before is null or coalesce(element_at(l.business_days_before, d.company), date '0001-01-01') < d.closed_on
),
reason as (
    select n.cut, 1 as kind, n.name as reason
    from mart.named_cut_line n
    union all
    select c.cut, 2 as kind, c.company || ' ' || cast(c.closed_on as varchar) as reason
    from close c
    where c.place_in_month = 1 or (c.place_in_day = 1 and c.days_back <= 7)
    union all
    select l.cut, 3 as kind, 'newest' as reason
    from live l
    where l.newest
),
listed as (
    select r.cut, array_join(array_agg(r.reason order by r.kind, r.reason), ', ') as reasons, bool_or(r.kind = 1) as named
    from reason r
    group by r.cut
)
-- a name offers a cut of a what-if, too
select
    c.cut,
    c.ordinal,
    cast(c.published_at at time zone '${zone}' as timestamp(6)) as published_at,
    i.named,
    c.newest,
    i.reasons,
    format('%d · %s · %s', c.cut, format_datetime(c.published_at at time zone '${zone}', 'yyyy-MM-dd HH:mm'), i.reasons) as label
from mart.cut c
join listed i on i.cut = c.cut
