with record as (
    select
        r.cut,
        r.reason,
        r.topic,
        r.how_to_fix,
        r.arrived_at
    from (${mart.rejected}) r
)
select
    r.cut,
    r.reason,
    r.topic,
    r.how_to_fix,
    count(*) as records,
    min(r.arrived_at) as first_arrived_at,
    max(r.arrived_at) as last_arrived_at
from record r
group by r.cut, r.reason, r.topic, r.how_to_fix
