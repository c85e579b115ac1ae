-- Written from the rule's text, not from the fold: an id stands for the smallest id of the connected component of
-- merges that are not split. The component is found by one pass over the merges that relabels the two sides.
with version as (
    select
        s.cut,
        l.company,
        l.event_type,
        l.merge_id,
        l.customer_id,
        l.duplicate_id,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_merge_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
merge as (
    select
        v.cut,
        v.company,
        max(v.customer_id) as customer_id,
        max(v.duplicate_id) as duplicate_id
    from version v
    where v.standing = 1
    group by v.cut, v.company, v.merge_id
    having count_if(v.event_type = 'CustomerSplit') = 0 and max(v.customer_id) <> max(v.duplicate_id)
),
component as (
    select
        m.cut,
        m.company,
        reduce(
            array_agg(array[m.customer_id, m.duplicate_id] order by m.customer_id, m.duplicate_id),
            cast(map() as map(varchar, varchar)),
            (label, pair) -> transform_values(
                map_concat(map(pair, pair), label),
                (id, own) -> if(
                    own in (coalesce(element_at(label, pair[1]), pair[1]), coalesce(element_at(label, pair[2]), pair[2])),
                    least(coalesce(element_at(label, pair[1]), pair[1]), coalesce(element_at(label, pair[2]), pair[2])),
                    own
                )
            ),
            label -> label
        ) as label
    from merge m
    group by m.cut, m.company
)
select
    c.cut,
    c.company,
    l.customer_id,
    l.survivor_id
from component c
cross join unnest(c.label) as l (customer_id, survivor_id)
where l.customer_id <> l.survivor_id
