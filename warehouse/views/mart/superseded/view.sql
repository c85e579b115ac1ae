with line as (
    select
        s.cut,
        l.topic,
        l."partition",
        l.event_type,
        l.change
    from ${span.raw} s
    join mart.superseded_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    l.cut,
    l.topic,
    l."partition",
    l.event_type,
    sum(l.change) as versions
from line l
group by l.cut, l.topic, l."partition", l.event_type
having sum(l.change) <> 0
