select
    n.name,
    n.cut,
    n.note,
    n.named_at
from ops.named_cuts n
