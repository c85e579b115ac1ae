-- A touch that counts under the default channel: what its source recorded maps to nothing.
with policy as (
    select c.cut, element_at(c.policy, 'attribution.default_channel') as default_channel
    from mart.cut c
    where c.cut = ${cut}
),
line as (
    select s.cut, l.company, l.goal, l.touch_id, l.touched_at, sum(l.touches) as touches
    from ${span.ledger} s
    join policy p on p.cut = s.cut
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.channel = p.default_channel
    group by s.cut, l.company, l.goal, l.touch_id, l.touched_at
),
touch as (
    select l.cut, l.company, l.touch_id, l.touched_at
    from line l
    where l.touches > 0
    group by l.cut, l.company, l.touch_id, l.touched_at
),
version as (
    select
        s.cut,
        l.company,
        l.touch_kind,
        l.recorded,
        l.utm_source,
        l.utm_medium,
        l.origin_id,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.touch_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    t.cut,
    t.company,
    cast(null as varchar) as region,
    v.touch_kind,
    v.recorded,
    v.utm_source,
    v.utm_medium,
    count(distinct t.touch_id) as touches,
    cast(min(t.touched_at) at time zone '${zone}' as timestamp(6)) as first_at,
    cast(max(t.touched_at) at time zone '${zone}' as timestamp(6)) as last_at,
    max_by(t.touch_id, t.touched_at) as example_id
from touch t
join version v on v.cut = t.cut and v.company = t.company and v.origin_id = t.touch_id and v.standing = 1
group by t.cut, t.company, v.touch_kind, v.recorded, v.utm_source, v.utm_medium
