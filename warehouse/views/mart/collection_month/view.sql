with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.customer_id,
        l.account,
        l.entry,
        l.document_id,
        l.item_id,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on,
        l.evidence_id
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account in ('RECEIVABLE', 'CASH')
),
-- a line and its reversal cancel out before anything is asked of their sign
posting as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.customer_id,
        l.document_id,
        l.item_id,
        l.currency,
        l.effective_on,
        l.due_on,
        l.evidence_id,
        case
            when l.account = 'CASH' then 'money'
            when l.entry in ('INVOICE', 'CREDIT_NOTE', 'CANCELLATION') then 'billed'
            when l.entry in ('PAYMENT', 'APPLICATION', 'RELEASE') or l.entry = 'REVERSAL' and l.document_id <> l.item_id then 'paid'
            -- paid back, and owed by an item of its own
            when l.entry in ('REVERSAL', 'REFUND') then 'owed again'
            when l.entry = 'ADJUSTMENT' then 'adjusted'
            else 'given up'
        end as kind,
        sum(l.amount) as amount
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    having sum(l.amount) <> 0
),
-- what a document gave back after the due day is taken from what it paid before, and from nothing else (CRD-2)
document as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.region,
        p.currency,
        p.effective_on,
        cast(date_trunc('month', p.effective_on) as date) as month,
        -- an item has fallen due on the day itself
        if(p.due_on <= p.as_of, cast(date_trunc('month', p.due_on) as date)) as due_month,
        p.kind,
        p.amount,
        if(
            row_number() over (partition by p.cut, p.company, p.customer_id, p.item_id, p.currency, p.due_on, p.document_id) = 1,
            greatest(
                -sum(if(p.kind = 'paid' and (p.amount > 0 or p.effective_on <= p.due_on), p.amount, decimal '0.000000'))
                    over (partition by p.cut, p.company, p.customer_id, p.item_id, p.currency, p.due_on, p.document_id),
                decimal '0.000000'
            ),
            decimal '0.000000'
        ) as paid_in_time
    from posting p
),
period as (
    select
        d.cut,
        d.as_of,
        d.company,
        d.region,
        d.currency,
        d.month,
        d.due_month,
        min(min(d.effective_on)) over (partition by d.cut, d.company) as first_on,
        sum(if(d.kind = 'money', decimal '0.000000', d.amount)) as moved,
        sum(if(d.kind = 'billed', d.amount, decimal '0.000000')) as billed,
        -- what is written off fell due all the same
        sum(if(d.kind in ('billed', 'adjusted', 'owed again'), d.amount, decimal '0.000000')) as asked,
        sum(d.paid_in_time) as paid_in_time,
        -sum(if(d.kind = 'paid', d.amount, decimal '0.000000')) as paid,
        -sum(if(d.kind in ('paid', 'owed again'), d.amount, decimal '0.000000')) as collected,
        sum(d.amount) filter (where d.kind = 'money') as money
    from document d
    group by d.cut, d.as_of, d.company, d.region, d.currency, d.month, d.due_month
),
shown as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.region,
        p.currency,
        p.month,
        p.due_month,
        p.first_on,
        p.moved,
        p.billed,
        p.asked,
        p.paid_in_time,
        p.paid,
        p.collected,
        p.money,
        cast(date_trunc('month', date_add('month', -n.back, p.as_of)) as date) as shown_month,
        least(last_day_of_month(date_add('month', -n.back, p.as_of)), p.as_of) as day
    from period p
    cross join unnest(sequence(0, 11)) as n (back)
)
select
    p.cut,
    p.as_of,
    p.company,
    p.shown_month as month,
    p.day,
    p.region,
    p.currency,
    sum(if(p.month <= p.shown_month, p.moved, decimal '0.000000')) as outstanding,
    sum(if(p.month = p.shown_month, p.billed, decimal '0.000000')) as billed,
    sum(if(p.month > date_add('month', -3, p.shown_month) and p.month <= p.shown_month, p.billed, decimal '0.000000')) as billed_3_months,
    date_diff('day', greatest(date_add('month', -2, p.shown_month), p.first_on), p.day) + 1 as days_3_months,
    sum(if(p.due_month = p.shown_month, p.asked, decimal '0.000000')) as fell_due,
    sum(if(p.due_month = p.shown_month, p.paid_in_time, decimal '0.000000')) as paid_in_time,
    sum(if(p.due_month = p.shown_month, p.paid, decimal '0.000000')) as paid,
    sum(if(p.month = p.shown_month, p.collected, decimal '0.000000')) as collected,
    sum(if(p.money is null or p.month = p.shown_month, p.money, decimal '0.000000')) as money_in
from shown p
where p.day >= p.first_on
group by p.cut, p.as_of, p.company, p.shown_month, p.day, p.first_on, p.region, p.currency
