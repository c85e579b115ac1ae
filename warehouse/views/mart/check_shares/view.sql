-- The promotions of an invoice: what each was billed, against raw; and what each was settled, by money, credit or giving up, which
-- is its part of what the whole invoice was, to within two of the currency's smallest units an entry and instalment (PRM-10: a
-- receipt is split over the promotions it pays in proportion; each split rounds once, a reversal takes the rounding back). What a
-- customer owes without an invoice has no region and is left out.
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
        l.region,
        l.promotion_id,
        l.currency,
        l.amount,
        row(l.occurred_at, if(l.document = 'INVOICE', 40, 53), l.source_sequence, l.event_id) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
posting as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.currency,
        l.item_id,
        l.due_on,
        l.region,
        l.promotion_id,
        l.entry,
        l.document_id,
        sum(l.amount) as amount
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE' and l.region is not null
    group by s.cut, l.company, l.customer_id, l.currency, l.item_id, l.due_on, l.region, l.promotion_id, l.entry, l.document_id
    having sum(l.amount) <> 0
),
document as (
    select
        v.cut,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.document,
        v.document_id,
        v.region,
        v.promotion_id,
        v.currency,
        v.amount,
        v.place,
        min(if(v.document = 'CANCELLATION', v.place)) over (
            partition by v.cut, v.company, coalesce(r.survivor_id, v.customer_id), v.document_id
        ) as cancelled_at
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1 and v.document in ('INVOICE', 'CANCELLATION')
),
fact as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.currency,
        d.document_id as item_id,
        d.region,
        d.promotion_id,
        d.amount as raw_billed,
        decimal '0.000000' as billed,
        decimal '0.000000' as settled,
        cast(null as varchar) as entry
    from document d
    where d.document = 'INVOICE' and (d.cancelled_at is null or d.place < d.cancelled_at)
    union all
    select
        p.cut,
        p.company,
        p.customer_id,
        p.currency,
        p.item_id,
        p.region,
        p.promotion_id,
        decimal '0.000000',
        if(p.entry = 'INVOICE', p.amount, decimal '0.000000'),
        if(p.entry = 'INVOICE', decimal '0.000000', -p.amount),
        if(p.entry = 'INVOICE', cast(p.due_on as varchar), p.entry || ' ' || p.document_id)
    from posting p
),
part as (
    select
        f.cut,
        f.company,
        f.customer_id,
        f.currency,
        f.item_id,
        f.region,
        f.promotion_id,
        sum(f.raw_billed) as raw_billed,
        sum(f.billed) as billed,
        sum(f.settled) as settled,
        array_agg(f.entry) filter (where f.entry is not null) as entries
    from fact f
    group by f.cut, f.company, f.customer_id, f.currency, f.item_id, f.region, f.promotion_id
),
whole as (
    select
        p.cut,
        p.raw_billed,
        p.billed,
        p.settled,
        sum(p.billed) over item as item_billed,
        sum(p.settled) over item as item_settled,
        2
        -- the first instalment is no rounding
        * (cardinality(array_distinct(flatten(array_agg(coalesce(p.entries, cast(array[] as array(varchar)))) over item))) - 1)
        * coalesce(d.unit, decimal '0.01') as tolerance
    from part p
    left join (values
        ('BIF', decimal '1.00'), ('CLP', decimal '1.00'), ('DJF', decimal '1.00'), ('GNF', decimal '1.00'), ('ISK', decimal '1.00'),
        ('JPY', decimal '1.00'), ('KMF', decimal '1.00'), ('KRW', decimal '1.00'), ('PYG', decimal '1.00'), ('RWF', decimal '1.00'),
        ('UGX', decimal '1.00'), ('UYI', decimal '1.00'), ('VND', decimal '1.00'), ('VUV', decimal '1.00'), ('XAF', decimal '1.00'),
        ('XOF', decimal '1.00'), ('XPF', decimal '1.00')
    ) as d (currency, unit) on d.currency = p.currency
    window item as (partition by p.cut, p.company, p.customer_id, p.currency, p.item_id, p.region)
),
finding as (
    select w.cut, c.check_id, c.off_by
    from whole w
    cross join unnest(array[
        row('shares_billed', cast(abs(w.raw_billed - w.billed) as decimal(38, 6))),
        row('shares_settled', cast(
            greatest(abs(w.settled * w.item_billed - w.item_settled * w.billed) - w.tolerance * w.item_billed, decimal '0.000000')
            / nullif(w.item_billed, decimal '0.000000') as decimal(38, 6)
        )),
        row('shares_within', cast(greatest(w.settled - w.billed, -w.settled, decimal '0.000000') as decimal(38, 6)))
    ]) as c (check_id, off_by)
)
select
    m.cut,
    'receivables' as area,
    c.check_id,
    c.name,
    'PRM-10' as rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('shares_billed', 'billed per invoice and promotion: ledger against raw'),
    ('shares_settled', 'settled per invoice and promotion: its part of what was billed'),
    ('shares_within', 'no promotion of an invoice is settled below zero or above what it was billed')
) as c (check_id, name)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name
