with line as (
    select
        s.cut,
        l.topic,
        l."partition",
        l.first_offset,
        l.next_offset,
        l.read,
        l.accepted,
        l.duplicate,
        l.superseded,
        l.rejected
    from ${span.raw} s
    join mart.accounting_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    l.cut,
    l.topic,
    l."partition",
    min(l.first_offset) filter (where l.read > 0) as first_offset,
    max(l.next_offset) filter (where l.read > 0) as next_offset,
    sum(l.read) as read,
    sum(l.accepted) as accepted,
    sum(l.duplicate) as duplicate,
    sum(l.superseded) as superseded,
    sum(l.rejected) as rejected,
    sum(l.read) - sum(l.accepted) - sum(l.duplicate) - sum(l.superseded) - sum(l.rejected) as off_by
from line l
group by l.cut, l.topic, l."partition"
