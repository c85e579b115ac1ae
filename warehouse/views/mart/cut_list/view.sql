with moment as (
    select c.cut, c.ordinal
    from mart.cut c
    where c.cut = ${cut}
),
listed as (
    select
        m.cut,
        c.cut as listed_cut,
        c.ordinal,
        c.epoch,
        c.parent,
        c.mode,
        c.published_at,
        c.watermark,
        c.business_days,
        c.offsets,
        c.row_counts
    from moment m
    join mart.cut c on c.ordinal <= m.ordinal or c.cut = m.cut
),
names as (
    select n.cut, array_join(array_agg(distinct n.name order by n.name), ', ') as name
    from mart.named_cut_line n
    group by n.cut
),
finding as (
    select
        r.cut,
        r.off_count,
        r.off_by,
        r.checked_at = max(r.checked_at) over (partition by r.cut) as holds
    from mart.reconciliation_line r
),
verdict as (
    select f.cut, count(*) as checks, count_if(f.off_count = 0 and f.off_by = 0) as checks_passed
    from finding f
    where f.holds
    group by f.cut
)
select
    l.cut,
    l.listed_cut,
    l.ordinal,
    n.name,
    l.epoch,
    l.parent,
    l.mode,
    cast(l.published_at at time zone '${zone}' as timestamp(6)) as published_at,
    date_diff('millisecond', lag(l.published_at) over (partition by l.cut order by l.ordinal), l.published_at) / 1000e0 as seconds_since_last,
    cast(l.watermark at time zone '${zone}' as timestamp(6)) as watermark,
    array_join(transform(array_sort(map_entries(l.business_days)), d -> d[1] || ' ' || cast(d[2] as varchar)), ', ') as business_days,
    array_join(transform(array_sort(map_entries(l.offsets)), o -> o[1] || ': ' || cast(o[2] as varchar)), ', ') as offsets,
    reduce(map_values(l.offsets), bigint '0', (total, o) -> total + o, total -> total) as records,
    array_join(transform(array_sort(map_entries(l.row_counts)), r -> r[1] || ': ' || cast(r[2] as varchar)), ', ') as row_counts,
    reduce(map_values(l.row_counts), bigint '0', (total, r) -> total + r, total -> total) as table_rows,
    v.checks,
    v.checks_passed
from listed l
left join names n on n.cut = l.listed_cut
left join verdict v on v.cut = l.listed_cut
