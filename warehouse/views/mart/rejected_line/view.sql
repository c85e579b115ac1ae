select
    r.topic,
    r."partition",
    r."offset",
    r.kafka_timestamp,
    r.reason,
    r.field,
    r.message,
    r.source_file,
    r.source_line,
    r.epoch,
    r.cut
from ops.rejected r
