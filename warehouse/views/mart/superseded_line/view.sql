select
    s.topic,
    s."partition",
    s."offset",
    s.event_id,
    s.origin_id,
    s.event_type,
    s.revision,
    s.content_hash,
    s.change,
    s.epoch,
    s.cut
from ops.superseded s
