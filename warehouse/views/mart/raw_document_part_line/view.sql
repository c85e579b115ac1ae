select
    e.company,
    e.invoice_issued.region as region,
    'INVOICE' as document,
    e.invoice_issued.invoice_id as document_id,
    e.invoice_issued.customer_id as customer_id,
    p.part.due_on as due_on,
    cast(null as varchar) as invoice_id,
    e.invoice_issued.contract_id as contract_id,
    e.invoice_issued.currency as currency,
    p.part.amount_micros * decimal '0.000001' as amount,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
cross join unnest(
    transform(
        coalesce(
            transform(
                e.invoice_issued.instalments,
                i -> cast(row(i.due_on, i.amount_micros) as row(due_on date, amount_micros bigint))
            ),
            array[
                cast(
                    row(
                        e.invoice_issued.due_on,
                        reduce(e.invoice_issued.lines, bigint '0', (total, line) -> total + line.amount_micros, total -> total)
                    ) as row(due_on date, amount_micros bigint)
                )
            ]
        ),
        part -> row(part)
    )
) as p (part)
where e.invoice_issued is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    if(p.part.rest and e.payment_received.allocations is not null, 'OVERPAYMENT', 'PAYMENT') as document,
    e.payment_received.payment_id as document_id,
    e.payment_received.customer_id as customer_id,
    cast(null as date) as due_on,
    p.part.invoice_id as invoice_id,
    if(e.payment_received.allocations is null, e.payment_received.contract_id) as contract_id,
    e.payment_received.currency as currency,
    p.part.amount_micros * decimal '0.000001' as amount,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
cross join unnest(
    transform(
        transform(
            coalesce(e.payment_received.allocations, array[]),
            a -> cast(row(a.invoice_id, a.amount_micros, false) as row(invoice_id varchar, amount_micros bigint, rest boolean))
        )
        || array[
            cast(
                row(
                    null,
                    e.payment_received.amount_micros - reduce(
                        coalesce(e.payment_received.allocations, array[]), bigint '0', (total, a) -> total + a.amount_micros, total -> total
                    ),
                    true
                ) as row(invoice_id varchar, amount_micros bigint, rest boolean)
            )
        ],
        part -> row(part)
    )
) as p (part)
where e.payment_received is not null
