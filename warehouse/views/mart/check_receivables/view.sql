-- What the documents in raw say about each resolved customer, against the ledger's accounts at the same cut.
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
version as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.document,
        l.document_id,
        l.currency,
        l.amount,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- a reversal speaks about its payment for good, so the payment counts for nothing wherever it stands in history
document as (
    select
        v.cut,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.document,
        v.currency,
        v.amount,
        max(if(v.document = 'REVERSAL', 1, 0)) over (
            partition by
                v.cut, v.company, coalesce(r.survivor_id, v.customer_id), if(v.document in ('PAYMENT', 'REVERSAL'), v.document_id),
                v.document in ('PAYMENT', 'REVERSAL')
        ) = 1 as reversed
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1
),
fact as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.currency,
        if(d.document = 'INVOICE', d.amount, decimal '0.000000') as billed,
        if(d.document = 'CREDIT_NOTE', d.amount, decimal '0.000000') as credited,
        if(d.document = 'PAYMENT' and not d.reversed, d.amount, decimal '0.000000') as cash,
        decimal '0.000000' as receivable,
        decimal '0.000000' as unapplied,
        decimal '0.000000' as free,
        if(d.reversed, 1, 0) as reversals
    from document d
    where d.currency is not null
    union all
    select
        s.cut,
        l.company,
        l.customer_id,
        l.currency,
        if(l.account = 'BILLED', l.amount, decimal '0.000000'),
        if(l.account = 'CREDITED', -l.amount, decimal '0.000000'),
        if(l.account = 'CASH', -l.amount, decimal '0.000000'),
        if(l.account = 'RECEIVABLE', l.amount, decimal '0.000000'),
        if(l.account = 'UNAPPLIED_CASH', -l.amount, decimal '0.000000'),
        if(l.account = 'FREE_CREDIT', -l.amount, decimal '0.000000'),
        if(l.entry = 'REVERSAL', 1, 0)
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- the ledger's own totals have the opposite sign of the documents', so that a sum of zero says they agree
customer as (
    select
        f.cut,
        f.company,
        f.customer_id,
        f.currency,
        abs(sum(f.billed)) as billed_off,
        abs(sum(f.credited)) as credited_off,
        abs(sum(f.cash)) as cash_off,
        least(decimal '0.000000', sum(f.unapplied)) + least(decimal '0.000000', sum(f.free)) as below_zero,
        -- cash waits only when nothing is open; a reversal may open an item again beside money that waits
        if(sum(f.reversals) = 0, greatest(least(sum(f.receivable), sum(f.unapplied)), decimal '0.000000'), decimal '0.000000') as idle_cash
    from fact f
    group by f.cut, f.company, f.customer_id, f.currency
),
finding as (
    select c.cut, k.check_id, k.off_by
    from customer c
    cross join unnest(array[
        row('receivables_billed', c.billed_off),
        row('receivables_credited', c.credited_off),
        row('receivables_cash', c.cash_off),
        row('receivables_below_zero', abs(c.below_zero)),
        row('receivables_idle_cash', c.idle_cash)
    ]) as k (check_id, off_by)
)
select
    m.cut,
    'receivables' as area,
    c.check_id,
    c.name,
    c.rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('receivables_billed', 'billed per customer: ledger against raw', 'ARX-8'),
    ('receivables_credited', 'credited per customer: ledger against raw', 'ARX-8'),
    ('receivables_cash', 'cash per customer, reversed payments left out: ledger against raw', 'ARX-8'),
    ('receivables_below_zero', 'no unapplied cash or free credit is below zero', 'ARX-2'),
    ('receivables_idle_cash', 'no cash waits while an item of the customer is open', 'ARX-2')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
