with moment as (
    select c.cut, c.epoch
    from mart.cut c
    where c.cut = ${cut}
),
span as (
    select m.cut, t.layer, t.from_cut, least(t.to_cut, m.cut) as to_cut
    from moment m
    join mart.timeline t on t.epoch = m.epoch
),
line as (
    select
        s.cut,
        l.topic,
        l."partition",
        l.event_type,
        l.change
    from span s
    join mart.superseded_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where s.layer = 'raw'
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
