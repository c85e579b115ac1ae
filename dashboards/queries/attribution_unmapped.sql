-- Grain: kind of touch and recorded values that map to no channel.
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
