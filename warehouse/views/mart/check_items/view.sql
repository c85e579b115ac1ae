-- The open items of every customer once more, from the rules' text and not from the fold: a history is walked document by
-- document (ARX-2, ARX-3, ARX-8). An invoice opens an item for each instalment. A payment pays the invoices it names, else what is
-- open of its contract, else whatever is open, oldest due first, ties by invoice; what it names and finds no longer, or not yet,
-- waits for it, other money stays. A credit note lowers its invoice, now or when it comes, before money that waits for it does. A
-- write-off and an adjustment lower what is open; an adjustment the other way opens an item. A cancelled invoice is owed no
-- longer, for good, and the money that paid it is free. A reversal gives back what its payment holds. A refund takes from what
-- lies free of the payment or credit note it names, else from all, cash first; beyond that the customer owes it.
--
-- The walk carries three lists, and only what can still matter, so that a document costs what is open and not what ever was:
-- items (what is open), pots (what waits or lies free) and held (what a payment has paid, or was paid back of it, where a later
-- document reverses the payment or cancels the invoice; what was paid back has date '0001-01-01' for a due day).
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
        l.invoice_id,
        l.contract_id,
        cast(null as varchar) as payment_id,
        cast(null as varchar) as credit_note_id,
        l.currency,
        l.amount,
        l.due_on,
        cast(null as date) as day,
        l.occurred_at,
        l.source_sequence,
        l.event_id,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.raw_document_part_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select
        s.cut,
        l.company,
        l.customer_id,
        l.document,
        l.document_id,
        if(l.document not in ('REVERSAL', 'REFUND'), l.refers_to),
        null,
        if(l.document in ('REVERSAL', 'REFUND'), l.refers_to),
        l.credit_note_id,
        l.currency,
        l.amount,
        null,
        l.effective_on,
        l.occurred_at,
        l.source_sequence,
        l.event_id,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.document not in ('INVOICE', 'PAYMENT')
),
version as (
    select
        p.cut,
        p.company,
        p.customer_id,
        p.document,
        p.document_id,
        p.invoice_id,
        p.contract_id,
        p.payment_id,
        p.credit_note_id,
        p.currency,
        p.amount,
        p.due_on,
        p.day,
        row(
            p.occurred_at,
            case p.document
                when 'INVOICE' then 40
                when 'CREDIT_NOTE' then 50
                when 'CANCELLATION' then 53
                when 'PAYMENT' then 60
                when 'OVERPAYMENT' then 60
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
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.document,
        v.document_id,
        v.invoice_id,
        v.contract_id,
        v.payment_id,
        v.credit_note_id,
        v.currency,
        v.amount,
        v.due_on,
        v.day,
        v.place,
        min(if(v.document = 'REVERSAL', v.place)) over payment as reversed_at,
        min(if(v.document = 'CANCELLATION', v.place)) over invoice as first_cancelled_at,
        max(if(v.document = 'CANCELLATION', v.place)) over invoice as last_cancelled_at
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1
    window
        payment as (
            partition by
                v.cut,
                v.company,
                coalesce(r.survivor_id, v.customer_id),
                case v.document when 'PAYMENT' then v.document_id when 'OVERPAYMENT' then v.document_id when 'REVERSAL' then v.payment_id end
        ),
        invoice as (
            partition by
                v.cut,
                v.company,
                coalesce(r.survivor_id, v.customer_id),
                case v.document
                    when 'INVOICE' then v.document_id
                    when 'CANCELLATION' then v.document_id
                    when 'ADJUSTMENT' then coalesce(v.invoice_id, v.document_id)
                end
        )
),
currency as (
    select distinct d.cut, d.company, d.customer_id, d.currency
    from document d
    where d.currency is not null
),
-- a reversal and a cancellation name no currency: they speak about all of them
standing as (
    select
        d.cut,
        d.company,
        d.customer_id,
        c.currency,
        d.document,
        d.document_id,
        d.invoice_id,
        d.contract_id,
        d.payment_id,
        d.credit_note_id,
        d.amount,
        d.due_on,
        d.day,
        d.place,
        d.reversed_at is not null as bounces,
        coalesce(d.place < d.last_cancelled_at, false) as cancels,
        dense_rank() over (partition by d.cut, d.company, d.customer_id, c.currency order by d.place) as at
    from document d
    join currency c
        on c.cut = d.cut and c.company = d.company and c.customer_id = d.customer_id and c.currency = coalesce(d.currency, c.currency)
    where (d.document not in ('PAYMENT', 'OVERPAYMENT') or d.reversed_at is null or d.place < d.reversed_at)
        and (d.document <> 'INVOICE' or d.first_cancelled_at is null or d.place < d.first_cancelled_at)
),
history as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.currency,
        array_agg(
            cast(
                row(
                    d.document,
                    d.document_id,
                    d.at,
                    d.day,
                    d.due_on,
                    coalesce(d.invoice_id, ''),
                    coalesce(d.contract_id, ''),
                    coalesce(d.payment_id, ''),
                    coalesce(d.credit_note_id, ''),
                    d.amount,
                    d.bounces,
                    d.cancels
                ) as
                row(kind varchar, id varchar, at bigint, day date, due_on date, invoice_id varchar, contract_id varchar, payment_id varchar, credit_note_id varchar, amount decimal(38, 6), bounces boolean, cancels boolean)
            )
            order by d.at, d.due_on, d.invoice_id
        ) as documents
    from standing d
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
                row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
            ),
            (s, d) -> case
                -- it uses up its credit notes, then the money for it, then that for its contract; what is left is open
                when d.kind = 'INVOICE' then reduce(
                    array_sort(filter(s.pots, p -> p.source = 'CREDIT' and p.invoice_id = d.id))
                    || array_sort(filter(s.pots, p -> p.source = 'CASH' and p.invoice_id = d.id))
                    || array_sort(filter(s.pots, p -> p.source = 'CASH' and p.contract_id = d.contract_id and d.contract_id <> '')),
                    cast(
                        row(
                            d.amount,
                            filter(
                                s.pots,
                                p -> p.invoice_id <> d.id and (p.source = 'CREDIT' or p.contract_id <> d.contract_id or d.contract_id = '')
                            ),
                            s.held
                        ) as
                        row(rest decimal(38, 6), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    ),
                    (t, p) -> cast(
                        row(
                            t.rest - least(t.rest, p.waiting),
                            t.pots || filter(
                                array[
                                    cast(
                                        row(
                                            p.source, p.at, p.document_id, p.invoice_id, p.contract_id, p.waiting - least(t.rest, p.waiting), p.bounces
                                        ) as
                                        row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)
                                    )
                                ],
                                rest -> rest.waiting > 0
                            ),
                            t.held || filter(
                                array[
                                    cast(
                                        row(p.document_id, p.bounces, d.due_on, d.id, d.contract_id, d.cancels, least(t.rest, p.waiting)) as
                                        row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))
                                    )
                                ],
                                used -> p.source = 'CASH' and (p.bounces or d.cancels) and used.amount > 0
                            )
                        ) as
                        row(rest decimal(38, 6), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    ),
                    t -> cast(
                        row(
                            array_sort(
                                s.items || filter(
                                    array[cast(row(d.due_on, d.id, d.contract_id, d.cancels, t.rest) as row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6)))],
                                    billed -> billed.open > 0
                                )
                            ),
                            t.pots,
                            t.held
                        ) as
                        row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    )
                )
                when d.kind = 'ADJUSTMENT' and d.amount < 0 then cast(
                    row(
                        array_sort(
                            s.items || array[
                                cast(row(d.day, if(d.invoice_id = '', d.id, d.invoice_id), '', d.cancels, -d.amount) as row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6)))
                            ]
                        ),
                        s.pots,
                        s.held
                    ) as
                    row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                )
                when d.kind = 'CANCELLATION' then cast(
                    row(
                        filter(s.items, i -> i.invoice_id <> d.id),
                        s.pots || transform(
                            filter(s.held, h -> h.invoice_id = d.id and h.due_on <> date '0001-01-01'),
                            h -> cast(row('CASH', d.at, h.payment_id, '', '', h.amount, h.bounces) as row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean))
                        ),
                        filter(s.held, h -> h.invoice_id <> d.id or h.due_on = date '0001-01-01')
                    ) as
                    row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                )
                when d.kind = 'REVERSAL' then cast(
                    row(
                        array_sort(
                            s.items || transform(
                                filter(s.held, h -> h.payment_id = d.payment_id),
                                h -> cast(
                                    row(if(h.due_on = date '0001-01-01', d.day, h.due_on), h.invoice_id, h.contract_id, h.cancels, h.amount) as
                                    row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))
                                )
                            )
                        ),
                        filter(s.pots, p -> p.source = 'CREDIT' or p.document_id <> d.payment_id),
                        filter(s.held, h -> h.payment_id <> d.payment_id)
                    ) as
                    row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                )
                when d.kind = 'REFUND' then reduce(
                    array_sort(
                        filter(
                            s.pots,
                            p -> (d.payment_id = '' and d.credit_note_id = '')
                                or p.document_id = if(p.source = 'CASH', d.payment_id, d.credit_note_id)
                        )
                    ),
                    cast(
                        row(
                            d.amount,
                            filter(
                                s.pots,
                                p -> (d.payment_id <> '' or d.credit_note_id <> '')
                                    and p.document_id <> if(p.source = 'CASH', d.payment_id, d.credit_note_id)
                            ),
                            s.held
                        ) as
                        row(rest decimal(38, 6), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    ),
                    (t, p) -> cast(
                        row(
                            t.rest - least(t.rest, p.waiting),
                            t.pots || filter(
                                array[
                                    cast(
                                        row(
                                            p.source, p.at, p.document_id, p.invoice_id, p.contract_id, p.waiting - least(t.rest, p.waiting), p.bounces
                                        ) as
                                        row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)
                                    )
                                ],
                                rest -> rest.waiting > 0
                            ),
                            t.held || filter(
                                array[
                                    cast(
                                        row(p.document_id, true, date '0001-01-01', p.document_id, '', false, least(t.rest, p.waiting)) as
                                        row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))
                                    )
                                ],
                                used -> p.source = 'CASH' and p.bounces and used.amount > 0
                            )
                        ) as
                        row(rest decimal(38, 6), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    ),
                    t -> cast(
                        row(
                            array_sort(
                                s.items || filter(
                                    array[cast(row(d.day, d.id, '', false, t.rest) as row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6)))],
                                    owed -> owed.open > 0
                                )
                            ),
                            t.pots,
                            t.held
                        ) as
                        row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    )
                )
                -- everything else lowers what is open; what is left of money and credit lies in a pot
                else reduce(
                    s.items,
                    cast(
                        row(d.amount, array[], array[]) as
                        row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), taken array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))))
                    ),
                    (t, i) -> if(
                        case
                            when d.kind = 'OVERPAYMENT' then false
                            when d.invoice_id <> '' then i.invoice_id = d.invoice_id
                            when d.contract_id <> '' then i.contract_id = d.contract_id
                            else d.kind <> 'CREDIT_NOTE'
                        end,
                        cast(
                            row(
                                t.rest - least(t.rest, i.open),
                                t.items || array[
                                    cast(row(i.due_on, i.invoice_id, i.contract_id, i.cancels, i.open - least(t.rest, i.open)) as row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6)))
                                ],
                                t.taken || array[cast(row(i.due_on, i.invoice_id, i.contract_id, i.cancels, least(t.rest, i.open)) as row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6)))]
                            ) as
                            row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), taken array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))))
                        ),
                        cast(
                            row(t.rest, t.items || array[i], t.taken) as
                            row(rest decimal(38, 6), items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), taken array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))))
                        )
                    ),
                    t -> cast(
                        row(
                            filter(t.items, i -> i.open > 0),
                            s.pots || filter(
                                array[
                                    cast(
                                        row(
                                            if(d.kind in ('PAYMENT', 'OVERPAYMENT'), 'CASH', 'CREDIT'),
                                            d.at,
                                            d.id,
                                            if(d.kind = 'ADJUSTMENT', '', d.invoice_id),
                                            d.contract_id,
                                            t.rest,
                                            d.bounces
                                        ) as
                                        row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)
                                    )
                                ],
                                rest -> rest.waiting > 0 and d.kind <> 'WRITE_OFF'
                            ),
                            s.held || transform(
                                filter(t.taken, i -> d.kind = 'PAYMENT' and (d.bounces or i.cancels) and i.open > 0),
                                i -> cast(row(d.id, d.bounces, i.due_on, i.invoice_id, i.contract_id, i.cancels, i.open) as row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6)))
                            )
                        ) as
                        row(items array(row(due_on date, invoice_id varchar, contract_id varchar, cancels boolean, open decimal(38, 6))), pots array(row(source varchar, at bigint, document_id varchar, invoice_id varchar, contract_id varchar, waiting decimal(38, 6), bounces boolean)), held array(row(payment_id varchar, bounces boolean, due_on date, invoice_id varchar, contract_id varchar, cancels boolean, amount decimal(38, 6))))
                    )
                )
            end,
            s -> s
        ) as outcome
    from history h
),
fact as (
    select o.cut, o.company, o.customer_id, o.currency, i.account, i.item_id, i.due_on, i.amount
    from outcome o
    cross join unnest(
        transform(
            o.outcome.items, i -> cast(row('RECEIVABLE', i.invoice_id, i.due_on, i.open) as row(varchar, varchar, date, decimal(38, 6)))
        )
        || transform(
            o.outcome.pots,
            p -> cast(
                row(if(p.source = 'CASH', 'UNAPPLIED_CASH', 'FREE_CREDIT'), p.document_id, null, -p.waiting) as row(varchar, varchar, date, decimal(38, 6))
            )
        )
    ) as i (account, item_id, due_on, amount)
    union all
    select s.cut, l.company, l.customer_id, l.currency, l.account, l.item_id, l.due_on, -l.amount
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account in ('RECEIVABLE', 'UNAPPLIED_CASH', 'FREE_CREDIT')
),
item as (
    select f.cut, f.account, abs(sum(f.amount)) as off_by
    from fact f
    group by f.cut, f.company, f.customer_id, f.currency, f.account, f.item_id, f.due_on
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
    ('items_open', 'RECEIVABLE', 'open per invoice and due day: ledger against raw'),
    ('items_unapplied', 'UNAPPLIED_CASH', 'unapplied cash per payment: ledger against raw'),
    ('items_free_credit', 'FREE_CREDIT', 'free credit per document: ledger against raw')
) as c (check_id, account, name)
left join item i on i.cut = m.cut and i.account = c.account
group by m.cut, c.check_id, c.name
