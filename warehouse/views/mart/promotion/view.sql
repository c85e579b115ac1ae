with version as (
    select
        s.cut,
        l.company,
        l.promotion_id,
        l.name,
        l.media,
        l.region,
        l.starts_on,
        l.ends_on,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.promotion_label_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    v.cut,
    v.company,
    v.promotion_id,
    max_by(v.name, v.place) as name,
    max_by(v.media, v.place) as media,
    max_by(v.region, v.place) as region,
    max_by(v.starts_on, v.place) as starts_on,
    max_by(v.ends_on, v.place) as ends_on
from version v
where v.standing = 1
group by v.cut, v.company, v.promotion_id
