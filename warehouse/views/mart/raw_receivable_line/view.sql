select
    e.company,
    e.invoice_issued.region as region,
    'INVOICE' as document,
    e.invoice_issued.invoice_id as document_id,
    cast(null as varchar) as refers_to,
    cast(null as varchar) as credit_note_id,
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
        when e.payment_reversed is not null then 'REVERSAL'
        when e.invoice_cancelled is not null then 'CANCELLATION'
        when e.receivable_written_off is not null then 'WRITE_OFF'
        when e.balance_adjusted is not null then 'ADJUSTMENT'
        else 'REFUND'
    end as document,
    coalesce(
        e.credit_note_issued.credit_note_id,
        e.payment_received.payment_id,
        e.payment_reversed.payment_id,
        e.invoice_cancelled.invoice_id,
        e.receivable_written_off.write_off_id,
        e.balance_adjusted.adjustment_id,
        e.customer_refunded.refund_id
    ) as document_id,
    coalesce(
        e.credit_note_issued.invoice_id,
        e.payment_reversed.payment_id,
        e.invoice_cancelled.invoice_id,
        e.receivable_written_off.invoice_id,
        e.balance_adjusted.invoice_id,
        e.customer_refunded.payment_id
    ) as refers_to,
    e.customer_refunded.credit_note_id as credit_note_id,
    coalesce(
        e.credit_note_issued.customer_id,
        e.payment_received.customer_id,
        e.payment_reversed.customer_id,
        e.invoice_cancelled.customer_id,
        e.receivable_written_off.customer_id,
        e.balance_adjusted.customer_id,
        e.customer_refunded.customer_id
    ) as customer_id,
    cast(null as varchar) as promotion_id,
    coalesce(
        e.credit_note_issued.currency,
        e.payment_received.currency,
        e.receivable_written_off.currency,
        e.balance_adjusted.currency,
        e.customer_refunded.currency
    ) as currency,
    coalesce(
        e.credit_note_issued.amount_micros,
        e.payment_received.amount_micros,
        e.receivable_written_off.amount_micros,
        case e.balance_adjusted.direction
            when 'OWES_LESS' then e.balance_adjusted.amount_micros
            when 'OWES_MORE' then -e.balance_adjusted.amount_micros
        end,
        e.customer_refunded.amount_micros,
        0
    ) * decimal '0.000001' as amount,
    coalesce(
        e.credit_note_issued.issued_on,
        e.payment_received.received_on,
        e.payment_reversed.reversed_on,
        e.invoice_cancelled.cancelled_on,
        e.receivable_written_off.written_off_on,
        e.balance_adjusted.adjusted_on,
        e.customer_refunded.refunded_on
    ) as effective_on,
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
where e.credit_note_issued is not null
    or e.payment_received is not null
    or e.payment_reversed is not null
    or e.invoice_cancelled is not null
    or e.receivable_written_off is not null
    or e.balance_adjusted is not null
    or e.customer_refunded is not null
