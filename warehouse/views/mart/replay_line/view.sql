select
    r.topic,
    r."partition",
    r."offset",
    r.replay_of_topic,
    r.replay_of_partition,
    r.replay_of_offset,
    r.reason,
    r.epoch,
    r.cut
from ops.replays r
