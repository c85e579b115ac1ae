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
        row(l.occurred_at, if(l.document = 'INVOICE', 40, 53), l.source_sequence, l.event_id) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- a reversal speaks about its payment for good, so the payment counts for nothing wherever it stands in history; an invoice that
-- comes after its cancellation is never billed
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
        ) = 1 as reversed,
        coalesce(
            min(if(v.document = 'CANCELLATION', v.place)) over (
                partition by
                    v.cut, v.company, coalesce(r.survivor_id, v.customer_id), if(v.document in ('INVOICE', 'CANCELLATION'), v.document_id),
                    v.document in ('INVOICE', 'CANCELLATION')
            ) < v.place,
            false
        ) as cancelled
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
        if(d.document = 'INVOICE' and not d.cancelled, d.amount, decimal '0.000000') as billed,
        if(d.document = 'CREDIT_NOTE', d.amount, decimal '0.000000') as credited,
        if(d.document = 'ADJUSTMENT', d.amount, decimal '0.000000') as adjusted,
        case
            when d.document = 'PAYMENT' and not d.reversed then d.amount
            when d.document = 'REFUND' then -d.amount
            else decimal '0.000000'
        end as cash,
        if(d.document = 'WRITE_OFF', d.amount, decimal '0.000000') as written_off,
        decimal '0.000000' as unapplied,
        decimal '0.000000' as free
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
        if(l.account = 'ADJUSTED', -l.amount, decimal '0.000000'),
        if(l.account = 'CASH', -l.amount, decimal '0.000000'),
        if(l.account = 'WRITTEN_OFF', -l.amount, decimal '0.000000'),
        if(l.account = 'UNAPPLIED_CASH', -l.amount, decimal '0.000000'),
        if(l.account = 'FREE_CREDIT', -l.amount, decimal '0.000000')
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
        abs(sum(f.adjusted)) as adjusted_off,
        abs(sum(f.cash)) as cash_off,
        -- no more is given up than was said; less, where less was open
        least(decimal '0.000000', sum(f.written_off)) as written_off_off,
        least(decimal '0.000000', sum(f.unapplied)) + least(decimal '0.000000', sum(f.free)) as below_zero
    from fact f
    group by f.cut, f.company, f.customer_id, f.currency
),
finding as (
    select c.cut, k.check_id, k.off_by
    from customer c
    cross join unnest(array[
        row('receivables_billed', c.billed_off),
        row('receivables_credited', c.credited_off),
        row('receivables_adjusted', c.adjusted_off),
        row('receivables_cash', c.cash_off),
        row('receivables_written_off', abs(c.written_off_off)),
        row('receivables_below_zero', abs(c.below_zero))
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
    ('receivables_adjusted', 'adjusted per customer: ledger against raw', 'ARX-3'),
    ('receivables_cash', 'cash per customer, reversed payments left out, refunds taken off: ledger against raw', 'ARX-8'),
    ('receivables_written_off', 'written off per customer: in the ledger no more than in raw', 'ARX-3'),
    ('receivables_below_zero', 'no unapplied cash or free credit is below zero', 'ARX-2')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
