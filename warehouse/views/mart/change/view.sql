with line as (
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
    from ${span.ledger} s
    join mart.change_line l on l.cut > s.from_cut and l.cut <= s.to_cut
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
