with moment as (
    select c.cut, c.epoch, c.business_days, c.last_day
    from mart.cut c
    where c.cut = ${cut}
),
span as (
    select m.cut, t.layer, t.from_cut, least(t.to_cut, m.cut) as to_cut, m.business_days, m.last_day
    from moment m
    join mart.timeline t on t.epoch = m.epoch
),
version as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.name,
        l.region,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from span s
    join mart.customer_label_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where s.layer = 'raw'
)
select
    v.cut,
    v.company,
    v.customer_id,
    max_by(v.name, v.place) as name,
    max_by(v.region, v.place) as region
from version v
where v.standing = 1
group by v.cut, v.company, v.customer_id
