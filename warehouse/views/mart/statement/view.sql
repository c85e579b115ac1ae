with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.entry,
        l.document_id,
        l.currency,
        l.amount,
        l.effective_on
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account in ('RECEIVABLE', 'UNAPPLIED_CASH', 'FREE_CREDIT')
),
-- what only moves from one of these accounts to another is no movement of the balance
movement as (
    select
        l.cut,
        l.as_of,
        cast(date_trunc('month', l.as_of) as date) as month,
        l.company,
        l.customer_id,
        l.currency,
        l.effective_on,
        l.entry,
        l.document_id,
        sum(l.amount) as amount
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(l.amount) <> 0
),
-- opening balance, what moved it, closing balance
entry as (
    select
        m.cut,
        m.as_of,
        m.company,
        m.customer_id,
        m.currency,
        p.place,
        case p.place when 0 then m.month when 1 then m.effective_on else m.as_of end as effective_on,
        if(p.place = 1, m.entry) as entry,
        if(p.place = 1, m.document_id) as document_id,
        sum(if(p.place = 1 or p.place = 0 and m.effective_on < m.month, m.amount, decimal '0.000000')) as amount
    from movement m
    cross join unnest(array[0, 1, 2]) as p (place)
    where p.place <> 1 or m.effective_on >= m.month
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
)
select
    e.cut,
    e.as_of,
    e.company,
    e.customer_id,
    coalesce(c.name, e.customer_id) as customer,
    e.currency,
    e.place,
    e.effective_on,
    e.entry,
    e.document_id,
    e.amount,
    sum(e.amount) over (
        partition by e.cut, e.company, e.customer_id, e.currency
        order by e.place, e.effective_on, e.document_id, e.entry
        rows unbounded preceding
    ) as balance
from entry e
left join (${mart.customer}) c on c.cut = e.cut and c.company = e.company and c.customer_id = e.customer_id
