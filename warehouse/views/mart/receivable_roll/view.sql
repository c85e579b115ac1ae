with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.entry,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE'
),
movement as (
    select
        l.cut,
        l.as_of,
        cast(date_trunc('month', l.as_of) as date) as month,
        l.company,
        l.region,
        l.entry,
        l.currency,
        l.effective_on,
        l.due_on,
        sum(l.amount) as amount
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(l.amount) <> 0
),
-- arrears: past due at the start of the month (ARX-3)
step as (
    select
        d.cut,
        d.as_of,
        d.month,
        d.company,
        d.region,
        d.currency,
        case
            when d.effective_on < d.month then 1
            when d.entry = 'INVOICE' then 2
            when d.entry = 'CREDIT_NOTE' then 5
            when d.entry in ('REVERSAL', 'REFUND') then 6
            when d.entry in ('CANCELLATION', 'RELEASE') then 7
            when d.entry = 'WRITE_OFF' then 8
            when d.entry = 'ADJUSTMENT' then 9
            when d.due_on < d.month then 3
            else 4
        end as step_no,
        d.amount
    from movement d
),
stepped as (
    select
        s.cut,
        s.as_of,
        s.month,
        s.company,
        s.region,
        s.currency,
        s.step_no,
        sum(s.amount) as amount
    from step s
    group by s.cut, s.as_of, s.month, s.company, s.region, s.currency, s.step_no
    union all
    select
        s.cut,
        s.as_of,
        s.month,
        s.company,
        s.region,
        s.currency,
        10 as step_no,
        sum(s.amount) as amount
    from step s
    group by s.cut, s.as_of, s.month, s.company, s.region, s.currency
)
select
    t.cut,
    t.as_of,
    t.company,
    t.month,
    t.region,
    t.currency,
    t.step_no,
    element_at(
        array[
            'opening',
            'billed',
            'collected from arrears',
            'collected from others',
            'credited',
            'bounced and paid back',
            'cancelled',
            'written off',
            'adjusted',
            'closing'
        ],
        t.step_no
    ) as step,
    t.step_no = 10 as total,
    t.amount
from stepped t
