with version as (
    select
        s.cut,
        l.company,
        l.invoice_id,
        l.contract_id,
        l.staff_id,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.invoice_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    v.cut,
    v.company,
    v.invoice_id,
    max(v.contract_id) as contract_id,
    max(v.staff_id) as staff_id
from version v
where v.standing = 1
group by v.cut, v.company, v.invoice_id
