-- Grain: month and channel, with what the data-driven models found of it; the newest two hundred. Where nothing is solved, a row says so;
-- a cut that does not exist gives none.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
with weight as (
    select
        w.month,
        w.channel,
        cast(max(if(w.model = 'markov', w.effect)) as double) as removal_effect,
        cast(max(if(w.model = 'markov', w.share)) as double) as markov,
        cast(max(if(w.model = 'shapley', w.effect)) as double) as shapley_value,
        cast(max(if(w.model = 'shapley', w.share)) as double) as shapley,
        max(w.chain_order) as chain_order,
        w.version,
        w.solved_from
    from (${mart.channel_weight}) w
    where w.company in ${company} and w.goal in {{ goal | where_in }}
    group by w.month, w.channel, w.version, w.solved_from
    order by w.month desc, max(if(w.model = 'markov', w.share)) desc, w.channel
    limit 200
)
select
    format_datetime(cast(w.month as timestamp(6)), 'yyyy-MM') as month,
    w.channel,
    w.removal_effect,
    w.markov,
    w.shapley_value,
    w.shapley,
    w.chain_order,
    w.version,
    cast(w.solved_from as varchar) as solved_from,
    row_number() over (order by w.month desc, w.markov desc, w.channel) as ord
from weight w
union all
select '–', '${not_solved}', null, null, null, null, null, null, '–', 1
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from weight)
