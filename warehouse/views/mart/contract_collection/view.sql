with version as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.sold_in,
        l.fact,
        l.contract_id,
        l.currency,
        l.value,
        l.effective_on,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.contract_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
contract as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.contract_id,
        max(v.sold_in) as region,
        max_by(v.currency, v.place) filter (where v.fact <> 'TERMINATED') as currency,
        min(v.effective_on) filter (where v.fact = 'SIGNED') as signed_on,
        max_by(v.value, v.place) filter (where v.fact <> 'TERMINATED') as value,
        count_if(v.fact = 'TERMINATED') > 0 as ended
    from version v
    where v.standing = 1 and v.effective_on <= v.as_of
    group by v.cut, v.as_of, v.company, v.contract_id
    having count_if(v.fact = 'SIGNED') > 0
),
-- net per address: a reversed line and its reversal cancel out
movement as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.document_id,
        l.item_id,
        l.currency,
        l.effective_on,
        l.due_on,
        l.entry in ('PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL') as paid,
        sum(l.amount) as amount
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE'
        and l.entry in ('INVOICE', 'CREDIT_NOTE', 'CANCELLATION', 'PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL')
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9
    having sum(l.amount) <> 0
),
-- money that bounced was never there: what a document still pays counts from the day on which it first paid
document as (
    select
        c.cut,
        c.company,
        c.contract_id,
        c.signed_on,
        sum(if(m.paid, decimal '0.000000', m.amount)) as billed,
        -sum(if(m.paid, m.amount, decimal '0.000000')) as collected,
        min(m.effective_on) filter (where m.paid) as paid_on
    from contract c
    join (${mart.invoice}) i on i.cut = c.cut and i.company = c.company and i.contract_id = c.contract_id
    join movement m on m.cut = c.cut and m.company = c.company and m.item_id = i.invoice_id and m.currency = c.currency
    where m.effective_on <= c.as_of
    group by c.cut, c.company, c.contract_id, c.signed_on, m.customer_id, m.item_id, m.due_on, m.document_id
),
account as (
    select
        d.cut,
        d.company,
        d.contract_id,
        sum(d.billed) as billed,
        sum(d.collected) as collected,
        sum(d.collected * coalesce(date_diff('day', d.signed_on, d.paid_on), 0)) as collected_days
    from document d
    group by d.cut, d.company, d.contract_id
)
select
    c.cut,
    c.as_of,
    c.company,
    cast(date_trunc('month', c.signed_on) as date) as month,
    c.region,
    c.currency,
    count(*) as contracts,
    count_if(c.ended) as ended,
    sum(if(c.ended, decimal '0.000000', c.value)) as contracted,
    sum(if(c.ended, c.value, decimal '0.000000')) as given_up,
    sum(if(c.ended, decimal '0.000000', coalesce(a.billed, decimal '0.000000'))) as billed,
    sum(if(c.ended, decimal '0.000000', coalesce(a.collected, decimal '0.000000'))) as collected,
    sum(if(c.ended, decimal '0.000000', coalesce(a.collected_days, decimal '0.000000'))) as collected_days,
    sum(if(c.ended, coalesce(a.collected, decimal '0.000000'), decimal '0.000000')) as kept
from contract c
left join account a on a.cut = c.cut and a.company = c.company and a.contract_id = c.contract_id
group by c.cut, c.as_of, c.company, cast(date_trunc('month', c.signed_on) as date), c.region, c.currency
