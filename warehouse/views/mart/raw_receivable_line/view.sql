select
    e.company,
    e.invoice_issued.region as region,
    'INVOICE' as document,
    e.invoice_issued.invoice_id as document_id,
    cast(null as varchar) as refers_to,
    e.invoice_issued.customer_id as customer_id,
    n.line.promotion_id as promotion_id,
    e.invoice_issued.currency as currency,
    n.line.amount_micros * decimal '0.000001' as amount,
    e.invoice_issued.issued_on as effective_on,
    e.invoice_issued.due_on as due_on,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
-- a line stays one value, so that a new field of the schema shifts no column
cross join unnest(transform(e.invoice_issued.lines, l -> row(l))) as n (line)
where e.invoice_issued is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    case
        when e.credit_note_issued is not null then 'CREDIT_NOTE'
        when e.payment_received is not null then 'PAYMENT'
        else 'REVERSAL'
    end as document,
    coalesce(e.credit_note_issued.credit_note_id, e.payment_received.payment_id, e.payment_reversed.payment_id) as document_id,
    coalesce(e.credit_note_issued.invoice_id, e.payment_reversed.payment_id) as refers_to,
    coalesce(e.credit_note_issued.customer_id, e.payment_received.customer_id, e.payment_reversed.customer_id) as customer_id,
    cast(null as varchar) as promotion_id,
    coalesce(e.credit_note_issued.currency, e.payment_received.currency) as currency,
    coalesce(e.credit_note_issued.amount_micros, e.payment_received.amount_micros, 0) * decimal '0.000001' as amount,
    coalesce(e.credit_note_issued.issued_on, e.payment_received.received_on, e.payment_reversed.reversed_on) as effective_on,
    cast(null as date) as due_on,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
where e.credit_note_issued is not null or e.payment_received is not null or e.payment_reversed is not null
