-- Grain: recorded value of costs that maps to no channel. An empty queue says so; a cut that does not exist gives no row.
with queue as (
    select
        s.unmapped as recorded,
        s.channel,
        s.currency,
        cast(sum(s.cost) as double) as cost,
        sum(s.costs) as costs,
        format('%tF', max(s.incurred_on)) as last_on,
        max_by(s.evidence_ids, s.incurred_on) as example_id
    from (${mart.channel_spend}) s
    where s.company in ${company} and s.unmapped is not null
    group by s.unmapped, s.channel, s.currency
    order by sum(s.cost) desc, s.unmapped
    limit 50
)
select q.recorded, q.channel, q.currency, q.cost, q.costs, q.last_on, q.example_id
from queue q
union all
select '${nothing_to_map}', '–', '–', 0, 0, '–', '–'
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from queue)
