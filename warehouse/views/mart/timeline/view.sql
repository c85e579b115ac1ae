select
    t.epoch,
    t.layer,
    t.from_cut,
    t.to_cut
from ops.timeline t
