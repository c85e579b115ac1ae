-- Grain: kind of touch and recorded values that map to no channel. An empty queue says so; a cut that does not exist gives no row.
with queue as (
    select
        r.touch_kind,
        coalesce(r.recorded, '${nothing_recorded}') as recorded,
        coalesce(r.utm_source || ' / ' || r.utm_medium, r.utm_source, r.utm_medium, '–') as tags,
        r.touches,
        format_datetime(r.last_at, 'yyyy-MM-dd HH:mm') as last_at,
        r.example_id
    from (${mart.unmapped_channel}) r
    where r.company in ${company}
    order by r.touches desc, r.recorded
    limit 50
)
select q.touch_kind, q.recorded, q.tags, q.touches, q.last_at, q.example_id
from queue q
union all
select '–', if(exists(select 1 from mart.touch_line), '${nothing_to_map}', '${touches_withheld}'), '–', 0, '–', '–'
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from queue)
