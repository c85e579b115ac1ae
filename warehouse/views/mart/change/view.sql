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
        s.cut as as_of_cut,
        l.company,
        l.fold,
        l.subject,
        l.reversed_lines,
        l.posted_lines,
        l.trigger_event_id,
        l.trigger_type,
        l.triggers,
        l.cut
    from span s
    join mart.change_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where s.layer = 'ledger'
)
select
    l.as_of_cut as cut,
    l.cut as posted_cut,
    l.company,
    l.fold,
    l.subject,
    l.reversed_lines,
    l.posted_lines,
    l.trigger_event_id,
    l.trigger_type,
    l.triggers
from line l
