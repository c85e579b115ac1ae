with claim as (
    select r.cut, r.company, r.customer_id, r.survivor_id, 1 as expected, 0 as posted
    from (${mart.raw_survivor}) r
    union all
    select s.cut, l.company, l.customer_id, l.survivor_id, 0 as expected, l.members as posted
    from ${span.ledger} s
    join mart.identity_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
address as (
    select
        c.cut,
        c.company,
        c.customer_id,
        c.survivor_id,
        abs(sum(c.expected) - sum(c.posted)) as off_by
    from claim c
    group by c.cut, c.company, c.customer_id, c.survivor_id
)
select
    m.cut,
    'identity' as area,
    'identity_survivors' as check_id,
    'survivors of merges: ledger against raw' as name,
    'identity' as rule_id,
    count(a.off_by) as compared,
    count_if(a.off_by <> 0) as off_count,
    cast(coalesce(sum(a.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(a.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
left join address a on a.cut = m.cut
group by m.cut
