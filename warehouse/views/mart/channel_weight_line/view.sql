-- Without the number of journeys: it is the whole company's, and a reader of one region sees this, too.
select
    w.company,
    w.goal,
    w.month,
    w.model,
    w.channel,
    w.effect,
    w.share,
    w.chain_order,
    w.version,
    w.solved_at,
    w.cut
from ops.channel_weight w
