-- Grain: reason code and topic; without any rejected record, one row says so.
with reason as (
    select r.reason || ' · ' || r.topic as reason, r.records
    from (${mart.rejected_reason}) r
)
select reason, records from reason
union all
select '${j_none}', 0
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from reason)
