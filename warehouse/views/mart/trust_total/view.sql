with finding as (
    select
        f.cut,
        count(*) as checks,
        count_if(f.balanced) as checks_passed,
        sum(f.off_by) as off_by
    from (${mart.check}) f
    group by f.cut
),
record as (
    select
        a.cut,
        sum(a.read) as read,
        sum(a.accepted) as accepted,
        sum(a.duplicate) as duplicate,
        sum(a.superseded) as superseded,
        sum(a.rejected) as rejected
    from (${mart.accounting}) a
    group by a.cut
),
moment as (
    select c.cut, c.published_at, c.watermark
    from mart.cut c
    where c.cut = ${cut}
)
select
    m.cut,
    f.checks,
    f.checks_passed,
    f.off_by,
    date_diff('second', m.published_at, current_timestamp) as cut_age_seconds,
    coalesce(r.read, 0) as read,
    coalesce(r.accepted, 0) as accepted,
    coalesce(r.duplicate, 0) as duplicate,
    coalesce(r.superseded, 0) as superseded,
    coalesce(r.rejected, 0) as rejected
from moment m
join finding f on f.cut = m.cut
left join record r on r.cut = m.cut
