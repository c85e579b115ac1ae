-- Of each period the version that was solved from the last cut the reading stands on, never from one after it; of several solved there,
-- by two runs at once or by another solver, the last.
with version as (
    select
        s.cut,
        w.company,
        w.goal,
        w.month,
        w.model,
        w.channel,
        w.effect,
        w.share,
        w.chain_order,
        w.version,
        w.cut as solved_from,
        w.solved_at,
        rank() over (partition by s.cut, w.company, w.goal, w.month order by w.cut desc, w.version desc) as place
    from ${span.ledger} s
    join mart.channel_weight_line w on w.cut > s.from_cut and w.cut <= s.to_cut
)
select
    v.cut,
    v.company,
    v.goal,
    v.month,
    v.model,
    v.channel,
    v.effect,
    v.share,
    v.chain_order,
    v.version,
    v.solved_from,
    cast(max(v.solved_at) at time zone '${zone}' as timestamp(6)) as solved_at
from version v
where v.place = 1
group by v.cut, v.company, v.goal, v.month, v.model, v.channel, v.effect, v.share, v.chain_order, v.version, v.solved_from
