select
    e.company,
    cast(null as varchar) as region,
    coalesce(
        e.sale_recorded.customer_id,
        e.goods_returned.customer_id,
        e.deposit_paid.customer_id,
        e.deposit_refunded.customer_id,
        e.contract_signed.customer_id,
        e.contract_changed.customer_id,
        e.contract_terminated.customer_id
    ) as customer_id,
    case
        when e.sale_recorded is not null then 'MADE'
        when e.goods_returned is not null then 'REDUCED'
        when e.deposit_paid is not null then 'MADE'
        when e.deposit_refunded is not null then 'REDUCED'
        when e.contract_signed is not null then 'MADE'
        when e.contract_changed is not null then 'CHANGED'
        when e.contract_terminated is not null then 'CANCELLED'
    end as fact,
    case
        when e.sale_recorded is not null then 'SALE'
        when e.goods_returned is not null then 'SALE'
        when e.deposit_paid is not null then 'DEPOSIT'
        when e.deposit_refunded is not null then 'DEPOSIT'
        when e.contract_signed is not null then 'CONTRACT'
        when e.contract_changed is not null then 'CONTRACT'
        when e.contract_terminated is not null then 'CONTRACT'
    end as kind,
    coalesce(
        e.sale_recorded.sale_id,
        e.goods_returned.sale_id,
        e.deposit_paid.deposit_id,
        e.deposit_refunded.deposit_id,
        e.contract_signed.contract_id,
        e.contract_changed.contract_id,
        e.contract_terminated.contract_id
    ) as document_id,
    coalesce(
        e.sale_recorded.currency,
        e.goods_returned.currency,
        e.deposit_paid.currency,
        e.deposit_refunded.currency,
        e.contract_signed.currency,
        e.contract_changed.currency
    ) as currency,
    coalesce(
        reduce(e.sale_recorded.lines, bigint '0', (total, line) -> total + line.net_amount_micros, total -> total),
        reduce(e.goods_returned.lines, bigint '0', (total, line) -> total + line.net_amount_micros, total -> total),
        e.deposit_paid.amount_micros,
        e.deposit_refunded.amount_micros,
        e.contract_signed.net_amount_micros,
        e.contract_changed.net_amount_micros,
        0
    ) * decimal '0.000001' as amount,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
where e.sale_recorded is not null
    or e.goods_returned is not null
    or e.deposit_paid is not null
    or e.deposit_refunded is not null
    or e.contract_signed is not null
    or e.contract_changed is not null
    or e.contract_terminated is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    coalesce(
        e.invoice_issued.customer_id,
        e.credit_note_issued.customer_id,
        e.invoice_cancelled.customer_id,
        e.payment_received.customer_id,
        e.customer_refunded.customer_id,
        e.payment_reversed.customer_id
    ) as customer_id,
    case
        when e.invoice_issued is not null then 'MADE'
        when e.credit_note_issued is not null then 'REDUCED'
        when e.invoice_cancelled is not null then 'CANCELLED'
        when e.payment_received is not null then 'MADE'
        when e.customer_refunded is not null then 'REDUCED'
        when e.payment_reversed is not null then 'CANCELLED'
    end as fact,
    case
        when e.invoice_issued is not null then 'INVOICE'
        when e.credit_note_issued is not null then 'INVOICE'
        when e.invoice_cancelled is not null then 'INVOICE'
        when e.payment_received is not null then 'PAYMENT'
        when e.customer_refunded is not null then 'PAYMENT'
        when e.payment_reversed is not null then 'PAYMENT'
    end as kind,
    coalesce(
        e.invoice_issued.invoice_id,
        e.credit_note_issued.invoice_id,
        e.invoice_cancelled.invoice_id,
        e.payment_received.payment_id,
        e.customer_refunded.payment_id,
        e.payment_reversed.payment_id
    ) as document_id,
    coalesce(
        e.invoice_issued.currency,
        e.credit_note_issued.currency,
        e.payment_received.currency,
        e.customer_refunded.currency
    ) as currency,
    coalesce(
        reduce(e.invoice_issued.lines, bigint '0', (total, line) -> total + line.amount_micros, total -> total),
        e.credit_note_issued.amount_micros,
        e.payment_received.amount_micros,
        e.customer_refunded.amount_micros,
        0
    ) * decimal '0.000001' as amount,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
where e.invoice_issued is not null
    or e.credit_note_issued is not null
    or e.invoice_cancelled is not null
    or e.payment_received is not null
    or e.customer_refunded is not null
    or e.payment_reversed is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    e.customer_registered.customer_id as customer_id,
    'MADE' as fact,
    'REGISTRATION' as kind,
    e.customer_registered.customer_id as document_id,
    cast(null as varchar) as currency,
    0 * decimal '0.000001' as amount,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.customers e
where e.customer_registered is not null
