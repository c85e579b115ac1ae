-- The open items of every customer once more, from the rules' text and not from the fold: a history is walked document by
-- document. A payment pays what is open, oldest due first, ties by invoice; the rest waits for the next invoice, which uses
-- the oldest payment first. A credit note lowers its invoice, now or when it comes. A reversal gives back what its payment
-- holds (ARX-2).
--
-- The walk carries three lists, and only what can still matter, so that a document costs what is open and not what ever was:
-- items (what is open), pots (what waits: payments, and credit notes for their invoice) and held (what was paid by payments
-- that a later document reverses).
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
        l.refers_to,
        l.currency,
        l.amount,
        l.due_on,
        row(
            l.occurred_at,
            case l.document when 'INVOICE' then 40 when 'CREDIT_NOTE' then 50 when 'PAYMENT' then 60 else 70 end,
            l.source_sequence,
            l.event_id
        ) as place,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
document as (
    select
        v.cut,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.document,
        v.document_id,
        v.refers_to,
        -- a reversal names no currency: it has its payment's
        max(v.currency) over payment as currency,
        v.due_on,
        v.place,
        sum(v.amount) as amount,
        min(if(v.document = 'REVERSAL', v.place)) over payment as reversed_at
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1
    group by v.cut, v.company, coalesce(r.survivor_id, v.customer_id), v.document, v.document_id, v.refers_to, v.currency, v.due_on, v.place
    window payment as (
        partition by
            v.cut,
            v.company,
            coalesce(r.survivor_id, v.customer_id),
            v.document_id,
            if(v.document in ('PAYMENT', 'REVERSAL'), '', v.document || coalesce(v.currency, ''))
    )
),
history as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.currency,
        array_agg(
            cast(
                row(d.document, d.document_id, d.refers_to, d.amount, d.due_on, d.reversed_at is not null) as
                row(kind varchar, id varchar, refers_to varchar, amount decimal(38, 6), due_on date, bounces boolean)
            )
            order by d.place
        ) as documents
    from document d
    -- a reversal speaks about its payment for good
    where d.currency is not null and (d.document <> 'PAYMENT' or d.reversed_at is null or d.place < d.reversed_at)
    group by d.cut, d.company, d.customer_id, d.currency
),
outcome as (
    select
        h.cut,
        h.company,
        h.customer_id,
        h.currency,
        reduce(
            h.documents,
            cast(
                row(array[], array[], array[]) as
                row(items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
            ),
            (s, d) -> case d.kind
                -- it uses up its credit notes, then the oldest cash; what is left is open
                when 'INVOICE' then reduce(
                    filter(s.pots, p -> p.invoice_id = d.id) || filter(s.pots, p -> p.invoice_id is null),
                    cast(
                        row(d.amount, filter(s.pots, p -> p.invoice_id <> d.id), s.held) as
                        row(rest decimal(38, 6), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
                    ),
                    (t, p) -> cast(
                        row(
                            t.rest - least(t.rest, p.waiting),
                            t.pots || filter(
                                array[cast(row(p.document_id, p.invoice_id, p.waiting - least(t.rest, p.waiting), p.bounces) as row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean))],
                                rest -> rest.waiting > 0
                            ),
                            t.held || filter(
                                array[cast(row(p.document_id, d.due_on, d.id, least(t.rest, p.waiting)) as row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6)))],
                                used -> p.bounces and used.amount > 0
                            )
                        ) as
                        row(rest decimal(38, 6), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
                    ),
                    t -> cast(
                        row(
                            array_sort(
                                s.items || filter(
                                    array[cast(row(d.due_on, d.id, t.rest) as row(due_on date, invoice_id varchar, open decimal(38, 6)))],
                                    billed -> billed.open > 0
                                )
                            ),
                            t.pots,
                            t.held
                        ) as
                        row(items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
                    )
                )
                when 'REVERSAL' then cast(
                    row(
                        array_sort(
                            s.items || transform(
                                filter(s.held, h -> h.payment_id = d.id),
                                h -> cast(row(h.due_on, h.invoice_id, h.amount) as row(due_on date, invoice_id varchar, open decimal(38, 6)))
                            )
                        ),
                        filter(s.pots, p -> p.invoice_id is not null or p.document_id <> d.id),
                        filter(s.held, h -> h.payment_id <> d.id)
                    ) as
                    row(items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
                )
                -- a payment pays what is open, a credit note its invoice; what is left waits, if it can be used later
                else reduce(
                    s.items,
                    cast(
                        row(d.amount, array[], array[]) as
                        row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), paid array(row(due_on date, invoice_id varchar, open decimal(38, 6))))
                    ),
                    (t, i) -> if(
                        d.kind = 'PAYMENT' or i.invoice_id = d.refers_to,
                        cast(
                            row(
                                t.rest - least(t.rest, i.open),
                                t.items || array[cast(row(i.due_on, i.invoice_id, i.open - least(t.rest, i.open)) as row(due_on date, invoice_id varchar, open decimal(38, 6)))],
                                t.paid || array[cast(row(i.due_on, i.invoice_id, least(t.rest, i.open)) as row(due_on date, invoice_id varchar, open decimal(38, 6)))]
                            ) as
                            row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), paid array(row(due_on date, invoice_id varchar, open decimal(38, 6))))
                        ),
                        cast(
                            row(t.rest, t.items || array[i], t.paid) as
                            row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), paid array(row(due_on date, invoice_id varchar, open decimal(38, 6))))
                        )
                    ),
                    t -> cast(
                        row(
                            filter(t.items, i -> i.open > 0),
                            s.pots || filter(
                                array[cast(row(d.id, d.refers_to, t.rest, d.bounces) as row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean))],
                                rest -> rest.waiting > 0 and (d.kind = 'PAYMENT' or d.refers_to is not null)
                            ),
                            s.held || transform(
                                filter(t.paid, i -> d.bounces and i.open > 0),
                                i -> cast(row(d.id, i.due_on, i.invoice_id, i.open) as row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6)))
                            )
                        ) as
                        row(items array(row(due_on date, invoice_id varchar, open decimal(38, 6))), pots array(row(document_id varchar, invoice_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, due_on date, invoice_id varchar, amount decimal(38, 6))))
                    )
                )
            end,
            s -> s
        ) as outcome
    from history h
),
fact as (
    select o.cut, o.company, o.customer_id, o.currency, i.account, i.item_id, i.amount
    from outcome o
    cross join unnest(
        transform(o.outcome.items, i -> cast(row('RECEIVABLE', i.invoice_id, i.open) as row(varchar, varchar, decimal(38, 6))))
        || transform(
            filter(o.outcome.pots, p -> p.invoice_id is null),
            p -> cast(row('UNAPPLIED_CASH', p.document_id, -p.waiting) as row(varchar, varchar, decimal(38, 6)))
        )
    ) as i (account, item_id, amount)
    union all
    select s.cut, l.company, l.customer_id, l.currency, l.account, l.item_id, -l.amount
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account in ('RECEIVABLE', 'UNAPPLIED_CASH')
),
item as (
    select f.cut, f.account, abs(sum(f.amount)) as off_by
    from fact f
    group by f.cut, f.company, f.customer_id, f.currency, f.account, f.item_id
)
select
    m.cut,
    'receivables' as area,
    c.check_id,
    c.name,
    'ARX-2' as rule_id,
    count(i.off_by) as compared,
    count_if(i.off_by <> 0) as off_count,
    cast(coalesce(sum(i.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(i.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('items_open', 'RECEIVABLE', 'open per invoice, oldest due paid first: ledger against raw'),
    ('items_unapplied', 'UNAPPLIED_CASH', 'unapplied cash per payment: ledger against raw')
) as c (check_id, account, name)
left join item i on i.cut = m.cut and i.account = c.account
group by m.cut, c.check_id, c.name
