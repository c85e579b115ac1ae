-- a corrected event counts in its best version, a target in its highest version (TGT-11)
with event as (
    select
        s.cut,
        l.company,
        l.region,
        l.target_id,
        l.version,
        l.metric,
        l.parent_target_id,
        l.currency,
        l.value,
        l.starts_on,
        l.ends_on,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.target_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
target as (
    select
        e.cut,
        e.company,
        e.target_id,
        max_by(
            cast(
                row(e.region, e.metric, e.parent_target_id, e.currency, e.value, e.starts_on, e.ends_on) as row(
                    region varchar,
                    metric varchar,
                    parent_target_id varchar,
                    currency varchar,
                    value decimal(38, 6),
                    starts_on date,
                    ends_on date
                )
            ),
            e.version
        ) as newest
    from event e
    where e.standing = 1
    group by e.cut, e.company, e.target_id
)
select
    t.cut,
    t.company,
    t.target_id,
    t.newest.metric as metric,
    t.newest.region as region,
    t.newest.parent_target_id is null as whole,
    t.newest.currency as currency,
    t.newest.starts_on as starts_on,
    t.newest.ends_on as ends_on,
    t.newest.value as value
from target t
