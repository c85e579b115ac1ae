with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
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
    where l.account = 'RECEIVABLE'
),
-- a line and its reversal cancel out before anything is asked of their sign
posting as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.entry,
        l.document_id,
        l.item_id,
        l.currency,
        l.effective_on,
        l.due_on,
        l.evidence_id,
        sum(l.amount) as amount
    from line l
    where l.effective_on <= l.as_of
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    having sum(l.amount) <> 0
),
-- what a document gave back after the due day is taken from what it paid before, and from nothing else (CRD-2)
document as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.customer_id,
        p.item_id,
        p.due_on,
        p.currency,
        min(p.effective_on) filter (where p.entry = 'INVOICE') as issued_on,
        sum(if(p.entry in ('INVOICE', 'CREDIT_NOTE', 'CANCELLATION'), p.amount, decimal '0.000000')) as billed,
        sum(if(p.entry in ('INVOICE', 'CREDIT_NOTE', 'CANCELLATION', 'ADJUSTMENT'), p.amount, decimal '0.000000')) as asked,
        greatest(
            -sum(
                if(
                    p.entry in ('PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL') and (p.amount > 0 or p.effective_on <= p.due_on),
                    p.amount,
                    decimal '0.000000'
                )
            ),
            decimal '0.000000'
        ) as paid_in_time,
        sum(p.amount) as open
    from posting p
    group by p.cut, p.as_of, p.company, p.customer_id, p.item_id, p.due_on, p.currency, p.document_id
),
item as (
    select
        d.cut,
        d.as_of,
        d.company,
        d.customer_id,
        d.item_id,
        d.due_on,
        d.currency,
        min(d.issued_on) as issued_on,
        sum(d.billed) as billed,
        sum(d.asked) as asked,
        sum(d.paid_in_time) as paid_in_time,
        sum(d.open) as open
    from document d
    group by d.cut, d.as_of, d.company, d.customer_id, d.item_id, d.due_on, d.currency
),
staff_version as (
    select
        s.cut,
        l.company,
        l.staff_id,
        l.name,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.staff_label_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
staff as (
    select
        v.cut,
        v.company,
        v.staff_id,
        max(v.name) as name
    from staff_version v
    where v.standing = 1
    group by v.cut, v.company, v.staff_id
),
breach as (
    select
        a.cut,
        a.company,
        a.customer_id,
        a.raised_on,
        coalesce(a.cleared_on, a.as_of) as last_on
    from (${mart.credit_alert}) a
    where a.alert = 'OVER_LIMIT' and a.component is null
),
-- an invoice in several episodes of a day still counts once
judged as (
    select
        i.cut,
        i.as_of,
        i.company,
        n.staff_id,
        i.item_id,
        i.due_on,
        i.currency,
        i.issued_on,
        i.billed,
        i.asked,
        i.paid_in_time,
        i.open,
        count(b.raised_on) > 0 as over_limit
    from item i
    join (${mart.invoice}) n on n.cut = i.cut and n.company = i.company and n.invoice_id = i.item_id
    left join breach b
        on b.cut = i.cut
        and b.company = i.company
        and b.customer_id = i.customer_id
        and i.issued_on between b.raised_on and b.last_on
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
)
select
    j.cut,
    j.as_of,
    j.company,
    j.staff_id,
    coalesce(max(f.name), j.staff_id) as seller,
    j.currency,
    count(distinct j.item_id) as invoices,
    sum(j.billed) as billed,
    sum(j.open) as open,
    sum(if(j.due_on < j.as_of, j.open, decimal '0.000000')) as overdue,
    sum(if(j.due_on <= j.as_of, j.asked, decimal '0.000000')) as fell_due,
    sum(if(j.due_on <= j.as_of, j.paid_in_time, decimal '0.000000')) as paid_in_time,
    sum(if(j.over_limit, j.billed, decimal '0.000000')) as billed_over_limit,
    sum(if(date_diff('day', j.issued_on, last_day_of_month(j.issued_on)) < 5, j.billed, decimal '0.000000')) as billed_at_month_end
from judged j
left join staff f on f.cut = j.cut and f.company = j.company and f.staff_id = j.staff_id
group by j.cut, j.as_of, j.company, j.staff_id, j.currency
