with fact as (
    select
        s.cut,
        l.topic,
        l."partition",
        l.first_offset,
        l.next_offset,
        l.read,
        l.accepted,
        l.duplicate,
        l.superseded,
        l.rejected,
        0 as raw_rows,
        0 as raw_losers,
        0 as raw_repeats,
        0 as superseded_rows,
        0 as rejected_rows
    from ${span.raw} s
    join mart.accounting_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select
        s.cut,
        l.topic,
        l."partition",
        null,
        null,
        0,
        0,
        0,
        0,
        0,
        1,
        if(rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) > 1, 1, 0),
        if(row_number() over (partition by s.cut, l.origin_id, l.revision, l.content_hash order by l.cut) > 1, 1, 0),
        0,
        0
    from ${span.raw} s
    join mart.raw_event_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select s.cut, l.topic, l."partition", null, null, 0, 0, 0, 0, 0, 0, 0, 0, l.change, 0
    from ${span.raw} s
    join mart.superseded_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select s.cut, l.topic, l."partition", null, null, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1
    from ${span.raw} s
    join mart.rejected_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
part as (
    select
        f.cut,
        f.topic,
        f."partition",
        abs(sum(f.read) - sum(f.accepted) - sum(f.duplicate) - sum(f.superseded) - sum(f.rejected)) as unbalanced,
        abs(coalesce(max(f.next_offset) filter (where f.read > 0) - min(f.first_offset) filter (where f.read > 0), 0) - sum(f.read)) as unread,
        -- accepted closes of topic rejected have no table of their own
        if(f.topic = 'rejected', 0, abs(sum(f.accepted) + sum(f.superseded) - sum(f.raw_rows))) as raw_missing,
        sum(f.raw_repeats) as raw_repeats,
        if(f.topic = 'rejected', 0, abs(sum(f.superseded) - sum(f.raw_losers))) as losers_off,
        abs(sum(f.superseded) - sum(f.superseded_rows)) as superseded_off,
        abs(sum(f.rejected) - sum(f.rejected_rows)) as rejected_off
    from fact f
    group by f.cut, f.topic, f."partition"
),
finding as (
    select p.cut, c.check_id, c.off_by
    from part p
    cross join unnest(array[
        row('accounting_balance', p.unbalanced),
        row('accounting_offsets', p.unread),
        row('raw_rows', p.raw_missing),
        row('raw_duplicates', p.raw_repeats),
        row('raw_superseded', p.losers_off),
        row('superseded_rows', p.superseded_off),
        row('rejected_rows', p.rejected_off)
    ]) as c (check_id, off_by)
)
select
    m.cut,
    'accounting' as area,
    c.check_id,
    c.name,
    'accounting' as rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('accounting_balance', 'read = accepted + duplicate + superseded + rejected'),
    ('accounting_offsets', 'every offset of the range was read'),
    ('raw_rows', 'rows in raw = accepted + superseded'),
    ('raw_duplicates', 'no version is in raw twice'),
    ('raw_superseded', 'losing versions in raw = superseded'),
    ('superseded_rows', 'rows of superseded versions = superseded'),
    ('rejected_rows', 'rows of rejected records = rejected')
) as c (check_id, name)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name
