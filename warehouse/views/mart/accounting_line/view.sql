select
    a.topic,
    a."partition",
    a.first_offset,
    a.next_offset,
    a.read,
    a.accepted,
    a.duplicate,
    a.superseded,
    a.rejected,
    a.epoch,
    a.cut
from ops.accounting a
