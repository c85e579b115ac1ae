-- A journey of k channels is k + 1 steps: from the start, from each to the next, from the last to a conversion or to none.
with step as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.goal,
        p.month,
        p.conversions,
        p.lost,
        array['START'] || split(p.path, ' > ') as steps
    from (${mart.path}) p
    where p.path <> ''
)
select
    s.cut,
    s.as_of,
    s.company,
    s.goal,
    s.month,
    t.from_channel,
    t.to_channel,
    sum(t.transitions) as transitions,
    cast(sum(t.transitions) as double)
        / sum(sum(t.transitions)) over (partition by s.cut, s.company, s.goal, s.month, t.from_channel) as probability
from step s
cross join unnest(
    s.steps || array[element_at(s.steps, -1)],
    slice(s.steps, 2, cardinality(s.steps)) || array['CONVERSION', 'LOST'],
    repeat(s.conversions + s.lost, cardinality(s.steps) - 1) || array[s.conversions, s.lost]
) as t (from_channel, to_channel, transitions)
where t.transitions > 0
group by s.cut, s.as_of, s.company, s.goal, s.month, t.from_channel, t.to_channel
