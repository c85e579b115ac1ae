with entry as (
    select
        s.cut,
        l.company,
        l.currency,
        l.evidence_id,
        abs(sum(l.amount)) as off_by
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    group by s.cut, l.company, l.currency, l.evidence_id
)
select
    m.cut,
    'receivables' as area,
    'double_entry' as check_id,
    'the lines of every event sum to zero' as name,
    'ARX-2' as rule_id,
    count(e.off_by) as compared,
    count_if(e.off_by <> 0) as off_count,
    cast(coalesce(sum(e.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(e.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
left join entry e on e.cut = m.cut
group by m.cut
