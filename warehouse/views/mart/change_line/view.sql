select
    c.company,
    c.fold,
    c.subject,
    c.reversed_lines,
    c.posted_lines,
    c.trigger_event_id,
    c.trigger_type,
    c.triggers,
    c.epoch,
    c.cut
from ops.changes c
