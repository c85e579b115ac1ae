with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.account,
        l.item_id,
        l.currency,
        l.amount,
        l.effective_on,
        l.due_on
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account in ('RECEIVABLE', 'UNAPPLIED_CASH', 'FREE_CREDIT')
),
item as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.account,
        l.item_id,
        l.currency,
        l.due_on,
        sum(l.amount) as amount
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8
    having sum(l.amount) <> 0
),
balance as (
    select
        i.cut,
        i.as_of,
        i.company,
        i.customer_id,
        i.currency,
        count_if(i.account = 'RECEIVABLE') as open_items,
        min(i.due_on) filter (where i.account = 'RECEIVABLE') as oldest_due_on,
        coalesce(sum(i.amount) filter (where i.account = 'RECEIVABLE'), decimal '0.000000') as outstanding,
        coalesce(sum(i.amount) filter (where i.account = 'RECEIVABLE' and i.due_on < i.as_of), decimal '0.000000') as overdue,
        coalesce(
            sum(i.amount) filter (where i.account = 'RECEIVABLE' and date_diff('day', i.due_on, i.as_of) > 90), decimal '0.000000'
        ) as overdue_90,
        -coalesce(sum(i.amount) filter (where i.account = 'UNAPPLIED_CASH'), decimal '0.000000') as unapplied_cash,
        -coalesce(sum(i.amount) filter (where i.account = 'FREE_CREDIT'), decimal '0.000000') as free_credit
    from item i
    group by i.cut, i.as_of, i.company, i.customer_id, i.currency
)
select
    b.cut,
    b.as_of,
    b.company,
    c.region,
    b.customer_id,
    coalesce(c.name, b.customer_id) as customer,
    b.currency,
    b.open_items,
    b.oldest_due_on,
    greatest(0, coalesce(date_diff('day', b.oldest_due_on, b.as_of), 0)) as days_overdue,
    b.outstanding,
    b.overdue,
    b.overdue_90,
    b.unapplied_cash,
    b.free_credit,
    b.outstanding - b.unapplied_cash - b.free_credit as net
from balance b
left join (${mart.customer}) c on c.cut = b.cut and c.company = b.company and c.customer_id = b.customer_id
