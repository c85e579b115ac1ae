with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.customer_id,
        l.item_id,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE'
),
day as (
    select distinct
        l.cut,
        l.as_of,
        l.company,
        least(last_day_of_month(date_add('month', -n.back, l.as_of)), l.as_of) as day
    from line l
    cross join unnest(sequence(0, 11)) as n (back)
),
movement as (
    select
        l.cut,
        l.company,
        l.region,
        l.customer_id,
        l.item_id,
        l.currency,
        l.effective_on,
        l.due_on,
        sum(l.amount) as amount
    from line l
    group by 1, 2, 3, 4, 5, 6, 7, 8
    having sum(l.amount) <> 0
),
item as (
    select
        d.cut,
        d.as_of,
        d.day,
        m.company,
        m.customer_id,
        m.item_id,
        m.currency,
        max(m.region) as region,
        m.due_on,
        sum(m.amount) as open
    from day d
    join movement m on m.cut = d.cut and m.company = d.company and m.effective_on <= d.day
    group by d.cut, d.as_of, d.day, m.company, m.customer_id, m.item_id, m.due_on, m.currency
    having sum(m.amount) <> 0
)
select
    i.cut,
    i.as_of,
    i.company,
    i.day,
    i.region,
    i.currency,
    sum(i.open) as outstanding,
    sum(if(date_diff('day', i.due_on, i.day) <= 0, i.open, decimal '0.000000')) as not_due,
    sum(if(date_diff('day', i.due_on, i.day) between 1 and 30, i.open, decimal '0.000000')) as overdue_1_30,
    sum(if(date_diff('day', i.due_on, i.day) between 31 and 60, i.open, decimal '0.000000')) as overdue_31_60,
    sum(if(date_diff('day', i.due_on, i.day) between 61 and 90, i.open, decimal '0.000000')) as overdue_61_90,
    sum(if(date_diff('day', i.due_on, i.day) > 90, i.open, decimal '0.000000')) as overdue_90
from item i
group by i.cut, i.as_of, i.company, i.day, i.region, i.currency
