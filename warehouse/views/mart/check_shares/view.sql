-- The promotions of an invoice, entry by entry and to the last digit (PRM-10). Billed is what raw says. What a receipt, a credit or
-- giving up takes from an invoice is split over its promotions in proportion to what is still open of each: in whole units, as fine as
-- the currency's, the amount's and the open amounts' own; units left over go to the largest remainders, among equal ones first to "no
-- promotion", then to the smaller id. The instalments of an invoice take their parts of what is billed in the same way, in the order
-- of their due days. A reversal or a release gives back what was taken, without a split of its own.
--
-- An invoice is walked entry by entry, in the order in which raw says that the entries' events happened. How much an entry takes is the
-- ledger's word, which check_items holds against raw; who bears it is decided here. What is left out, and why:
-- docs/decisions/0012-exact-shares.md.
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
part as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.document,
        l.document_id,
        l.region,
        l.currency,
        if(
            l.document = 'INVOICE',
            cast(row(l.promotion_id, cast(l.amount * 1000000 as bigint)) as row(promotion_id varchar, micros bigint))
        ) as line,
        cast(null as row(due_on date, micros bigint)) as instalment,
        cast(null as varchar) as invoice_id,
        cast(null as varchar) as contract_id,
        l.occurred_at,
        l.source_sequence,
        l.event_id,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select
        s.cut,
        l.company,
        l.customer_id,
        if(l.document = 'INVOICE', 'INVOICE', 'PAYMENT'),
        l.document_id,
        l.region,
        l.currency,
        null,
        if(l.document = 'INVOICE', cast(row(l.due_on, cast(l.amount * 1000000 as bigint)) as row(due_on date, micros bigint))),
        l.invoice_id,
        l.contract_id,
        l.occurred_at,
        l.source_sequence,
        l.event_id,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.raw_document_part_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
version as (
    select
        p.cut,
        p.company,
        p.customer_id,
        p.document,
        p.document_id,
        p.region,
        p.currency,
        p.line,
        p.instalment,
        p.invoice_id,
        p.contract_id,
        p.event_id,
        row(
            p.occurred_at,
            case p.document
                when 'INVOICE' then 40
                when 'CREDIT_NOTE' then 50
                when 'CANCELLATION' then 53
                when 'PAYMENT' then 60
                when 'REVERSAL' then 70
                when 'REFUND' then 71
                when 'WRITE_OFF' then 74
                else 75
            end,
            p.source_sequence,
            p.event_id
        ) as place,
        rank() over (partition by p.cut, p.origin_id order by p.revision desc, p.content_hash desc) as standing
    from part p
),
document as (
    select
        v.cut,
        v.company,
        v.event_id,
        v.document,
        v.document_id,
        arbitrary(v.customer_id) as customer_id,
        arbitrary(v.region) as region,
        arbitrary(v.currency) as currency,
        min(v.place) as place,
        array_agg(v.line) filter (where v.line is not null) as lines,
        array_agg(v.instalment order by v.instalment.due_on) filter (where v.instalment is not null) as instalments,
        array_agg(v.invoice_id) filter (where v.invoice_id is not null) as pays,
        bool_or(v.document = 'PAYMENT' and v.contract_id is not null) as pays_contract
    from version v
    where v.standing = 1
    group by v.cut, v.company, v.event_id, v.document, v.document_id
),
bill as (
    select
        d.cut,
        d.company,
        coalesce(r.survivor_id, d.customer_id) as customer_id,
        d.currency,
        d.document,
        d.document_id,
        d.region,
        d.event_id,
        d.place,
        d.lines,
        d.instalments,
        array[cast(null as varchar)]
        || array_sort(array_distinct(filter(transform(d.lines, l -> l.promotion_id), p -> p is not null))) as promotions,
        min(if(d.document = 'CANCELLATION', d.place)) over invoice as cancelled_at,
        count_if(d.document = 'INVOICE') over invoice > 1
        or (cardinality(d.instalments) > 2 and cardinality(array_distinct(transform(d.instalments, i -> i.due_on))) < cardinality(d.instalments))
            as unclear
    from document d
    left join survivor r on r.cut = d.cut and r.company = d.company and r.customer_id = d.customer_id
    where d.document in ('INVOICE', 'CANCELLATION')
    window invoice as (partition by d.cut, d.company, coalesce(r.survivor_id, d.customer_id), d.document_id)
),
posting as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.currency,
        l.item_id,
        l.region,
        l.entry,
        l.document_id,
        l.evidence_id,
        l.due_on,
        l.promotion_id,
        sum(l.amount) as amount
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE'
    group by
        s.cut,
        l.company,
        l.customer_id,
        l.currency,
        l.item_id,
        l.region,
        l.entry,
        l.document_id,
        l.evidence_id,
        l.due_on,
        l.promotion_id
    having sum(l.amount) <> 0
),
taking as (
    select
        p.cut,
        p.company,
        p.customer_id,
        p.currency,
        p.item_id,
        p.region,
        p.entry,
        p.document_id,
        p.evidence_id,
        p.due_on,
        cast(sum(p.amount) * 1000000 as bigint) as micros
    from posting p
    where p.entry <> 'INVOICE'
    group by p.cut, p.company, p.customer_id, p.currency, p.item_id, p.region, p.entry, p.document_id, p.evidence_id, p.due_on
    having sum(p.amount) <> 0
),
-- what waited for an invoice is used in this order: credit, money for it, money for its contract; and each by age
pot as (
    select
        d.cut,
        d.company,
        if(d.document = 'PAYMENT', 'APPLICATION', d.document) as entry,
        d.document_id,
        min(d.place) as since,
        bool_and(d.pays_contract) as pays_contract
    from document d
    where d.document in ('PAYMENT', 'CREDIT_NOTE')
    group by d.cut, d.company, d.document, d.document_id
),
step as (
    select
        b.cut,
        b.company,
        b.customer_id,
        b.currency,
        b.document_id as item_id,
        b.region,
        b.promotions,
        transform(
            b.promotions,
            p -> reduce(
                filter(b.lines, l -> l.promotion_id is not distinct from p), bigint '0', (total, l) -> total + l.micros, total -> total
            )
        ) as billed,
        'INVOICE' as entry,
        b.document_id,
        b.event_id as evidence_id,
        i.due_on,
        i.micros,
        b.place,
        0 as turn,
        b.place as since,
        b.unclear
    from bill b
    cross join unnest(b.instalments) as i (due_on, micros)
    where b.document = 'INVOICE' and (b.cancelled_at is null or b.place < b.cancelled_at)
    union all
    select
        t.cut,
        t.company,
        t.customer_id,
        t.currency,
        t.item_id,
        t.region,
        null,
        null,
        t.entry,
        t.document_id,
        t.evidence_id,
        t.due_on,
        t.micros,
        d.place,
        case
            when t.entry = 'APPLICATION' then if(p.pays_contract, 3, 2)
            when t.entry = 'CANCELLATION' then 2
            else 1
        end,
        p.since,
        (t.entry = 'PAYMENT' and cardinality(filter(d.pays, i -> i = t.item_id)) > 1)
        or (t.entry = 'ADJUSTMENT' and t.micros > 0 and t.region is null)
    from taking t
    join document d on d.cut = t.cut and d.company = t.company and d.event_id = t.evidence_id
    left join pot p on p.cut = t.cut and p.company = t.company and p.entry = t.entry and p.document_id = t.document_id
),
history as (
    select
        t.cut,
        t.company,
        t.customer_id,
        t.currency,
        t.item_id,
        t.region,
        arbitrary(t.promotions) as promotions,
        arbitrary(t.billed) as billed,
        bool_or(t.unclear) as unclear,
        array_agg(
            cast(
                row(t.entry, t.document_id, t.evidence_id, t.due_on, t.micros) as
                row(entry varchar, document_id varchar, evidence_id varchar, due_on date, micros bigint)
            )
            order by t.place, t.turn, t.since, t.document_id, t.due_on
        ) as steps
    from step t
    group by t.cut, t.company, t.customer_id, t.currency, t.item_id, t.region
    having arbitrary(t.billed) is not null
),
walk as (
    select
        h.cut,
        h.company,
        h.customer_id,
        h.currency,
        h.item_id,
        h.region,
        h.promotions,
        coalesce(h.unclear, false) as unclear,
        reduce(
            h.steps,
            cast(array[] as array(row(entry varchar, document_id varchar, evidence_id varchar, due_on date, parts array(bigint)))),
            (moves, d) -> moves || transform(
                transform(
                    transform(
                        transform(
                            -- what is split over: what is left of the invoice, what is open, or what the payment has paid (negative)
                            array[
                                reduce(
                                    filter(
                                        moves,
                                        m -> case
                                            when d.entry = 'INVOICE' then m.entry = 'INVOICE'
                                            when d.entry in ('REVERSAL', 'RELEASE') then m.due_on = d.due_on
                                                and m.document_id = d.document_id
                                                and m.entry in ('PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL')
                                            else m.due_on = d.due_on
                                        end
                                    ),
                                    if(d.entry = 'INVOICE', h.billed, transform(h.billed, b -> bigint '0')),
                                    (total, m) -> zip_with(total, m.parts, (t, p) -> if(d.entry = 'INVOICE', t - p, t + p)),
                                    total -> total
                                )
                            ],
                            open -> cast(
                                row(
                                    open,
                                    element_at(
                                        filter(
                                            array[1000000, 100000, 10000, 1000, 100, 10, 1],
                                            u -> u <= coalesce(c.unit, 10000) and d.micros % u = 0 and all_match(open, o -> o % u = 0)
                                        ),
                                        1
                                    ),
                                    greatest(reduce(open, bigint '0', (total, o) -> total + greatest(o, 0), total -> total), 1)
                                ) as row(open array(bigint), unit bigint, whole bigint)
                            )
                        ),
                        w -> cast(
                            row(
                                w.open,
                                w.unit,
                                transform(
                                    w.open,
                                    o -> cast(abs(d.micros) / w.unit as decimal(19, 0)) * cast(greatest(o, 0) as decimal(19, 0))
                                ),
                                cast(w.whole as decimal(19, 0))
                            ) as row(open array(bigint), unit bigint, shares array(decimal(38, 0)), whole decimal(19, 0))
                        )
                    ),
                    w -> cast(
                        row(
                            w.open,
                            w.unit,
                            transform(w.shares, s -> (s - s % w.whole) / w.whole),
                            transform(w.shares, s -> s % w.whole)
                        ) as row(open array(bigint), unit bigint, units array(bigint), remainders array(decimal(38, 0)))
                    )
                ),
                w -> cast(
                    row(
                        d.entry,
                        d.document_id,
                        d.evidence_id,
                        d.due_on,
                        if(
                            d.entry in ('REVERSAL', 'RELEASE'),
                            transform(w.open, o -> -o),
                            transform(
                                sequence(1, cardinality(w.open)),
                                n -> sign(d.micros) * w.unit * (
                                    w.units[n]
                                    + if(
                                        cardinality(
                                            filter(
                                                sequence(1, cardinality(w.open)),
                                                o -> w.remainders[o] > w.remainders[n] or (w.remainders[o] = w.remainders[n] and o < n)
                                            )
                                        ) < abs(d.micros) / w.unit - reduce(w.units, bigint '0', (total, u) -> total + u, total -> total),
                                        1,
                                        0
                                    )
                                )
                            )
                        )
                    ) as row(entry varchar, document_id varchar, evidence_id varchar, due_on date, parts array(bigint))
                )
            ),
            moves -> moves
        ) as moves
    from history h
    left join (values
        ('BIF', 1000000), ('CLP', 1000000), ('DJF', 1000000), ('GNF', 1000000), ('ISK', 1000000), ('JPY', 1000000), ('KMF', 1000000),
        ('KRW', 1000000), ('PYG', 1000000), ('RWF', 1000000), ('UGX', 1000000), ('UYI', 1000000), ('VND', 1000000), ('VUV', 1000000),
        ('XAF', 1000000), ('XOF', 1000000), ('XPF', 1000000),
        ('BHD', 1000), ('IQD', 1000), ('JOD', 1000), ('KWD', 1000), ('LYD', 1000), ('OMR', 1000), ('TND', 1000), ('CLF', 100), ('UYW', 100)
    ) as c (currency, unit) on c.currency = h.currency
),
fact as (
    select
        w.cut,
        w.company,
        w.customer_id,
        w.currency,
        w.item_id,
        w.region,
        m.entry,
        m.document_id,
        m.evidence_id,
        m.due_on,
        p.promotion_id,
        p.micros * decimal '0.000001' as amount,
        w.unclear
    from walk w
    cross join unnest(w.moves) as m (entry, document_id, evidence_id, due_on, parts)
    cross join unnest(w.promotions, m.parts) as p (promotion_id, micros)
    where p.micros <> 0
    union all
    select
        p.cut,
        p.company,
        p.customer_id,
        p.currency,
        p.item_id,
        p.region,
        p.entry,
        p.document_id,
        p.evidence_id,
        p.due_on,
        p.promotion_id,
        -p.amount,
        false
    from posting p
),
share as (
    select
        f.cut,
        f.entry,
        abs(sum(f.amount)) as off_by,
        bool_or(f.entry = 'INVOICE') over item as billed,
        bool_or(bool_or(f.unclear)) over item as unclear
    from fact f
    group by
        f.cut,
        f.company,
        f.customer_id,
        f.currency,
        f.item_id,
        f.region,
        f.entry,
        f.document_id,
        f.evidence_id,
        f.due_on,
        f.promotion_id
    window item as (partition by f.cut, f.company, f.customer_id, f.currency, f.item_id, f.region)
),
finding as (
    select s.cut, if(s.entry = 'INVOICE', 'shares_billed', 'shares_settled') as check_id, s.off_by
    from share s
    where s.billed and not s.unclear
    union all
    select
        p.cut,
        'shares_within',
        greatest(-sum(p.amount), sum(if(p.entry = 'INVOICE', decimal '0.000000', p.amount)), decimal '0.000000')
    from posting p
    where p.region is not null
    group by p.cut, p.company, p.customer_id, p.currency, p.item_id, p.region, p.promotion_id
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
    ('shares_billed', 'billed per invoice, instalment and promotion: ledger against raw'),
    ('shares_settled', 'settled per invoice, entry and promotion: its exact part of what is open'),
    ('shares_within', 'no promotion of an invoice is settled below zero or above what it was billed')
) as c (check_id, name)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name
