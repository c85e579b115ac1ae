with moment as (
    select c.cut
    from mart.cut c
    where c.cut = ${cut}
),
finding as (
    select
        m.cut,
        l.area,
        l.check_id,
        l.name,
        l.rule_id,
        l.compared,
        l.off_count,
        l.off_by,
        l.checked_at,
        max(l.checked_at) over (partition by m.cut) as last_checked_at
    from moment m
    join mart.reconciliation_line l on l.cut = m.cut
)
select
    f.cut,
    f.area,
    f.check_id,
    f.name,
    f.rule_id,
    f.compared,
    f.off_count,
    f.off_by,
    f.off_count = 0 and f.off_by = 0 as balanced,
    cast(f.checked_at at time zone '${zone}' as timestamp(6)) as checked_at
from finding f
where f.checked_at = f.last_checked_at
