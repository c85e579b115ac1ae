select
    e.company,
    cast(null as varchar) as region,
    case
        when e.credit_limit_set is not null then 'LIMIT'
        when e.collateral_pledged is not null then 'COLLATERAL'
        when e.debtor_assessed is not null then 'ASSESSMENT'
        when e.invoice_issued is not null then 'INVOICE'
        when e.invoice_cancelled is not null then 'CANCELLATION'
        when e.dispute_opened is not null then 'DISPUTE'
        else 'DISPUTE_END'
    end as fact,
    coalesce(
        e.collateral_pledged.collateral_id,
        e.debtor_assessed.assessment_id,
        e.invoice_issued.invoice_id,
        e.invoice_cancelled.invoice_id,
        e.dispute_opened.dispute_id,
        e.dispute_resolved.dispute_id
    ) as fact_id,
    coalesce(e.invoice_issued.shipment_id, e.dispute_opened.invoice_id) as refers_to,
    if(
        e.credit_limit_set is null,
        coalesce(
            e.collateral_pledged.customer_id,
            e.debtor_assessed.customer_id,
            e.invoice_issued.customer_id,
            e.invoice_cancelled.customer_id,
            e.dispute_opened.customer_id,
            e.dispute_resolved.customer_id
        ),
        if(e.credit_limit_set.holder = 'CUSTOMER', e.credit_limit_set.holder_id)
    ) as customer_id,
    coalesce(e.credit_limit_set.component, e.debtor_assessed.kind) as component,
    e.debtor_assessed.adverse as adverse,
    coalesce(
        e.credit_limit_set.currency, e.collateral_pledged.currency, e.invoice_issued.currency, e.dispute_opened.currency
    ) as currency,
    coalesce(
        e.credit_limit_set.amount_micros,
        e.collateral_pledged.value_micros,
        reduce(e.invoice_issued.lines, bigint '0', (total, line) -> total + line.amount_micros, total -> total),
        e.dispute_opened.amount_micros,
        0
    ) * decimal '0.000001' as amount,
    coalesce(
        e.credit_limit_set.effective_on,
        e.collateral_pledged.pledged_on,
        e.debtor_assessed.assessed_on,
        e.invoice_issued.issued_on,
        e.invoice_cancelled.cancelled_on,
        e.dispute_opened.opened_on,
        e.dispute_resolved.resolved_on
    ) as starts_on,
    coalesce(e.credit_limit_set.ends_on, e.collateral_pledged.ends_on) as ends_on,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
where e.credit_limit_set is not null
    or e.collateral_pledged is not null
    or e.debtor_assessed is not null
    or e.invoice_issued is not null
    or e.invoice_cancelled is not null
    or e.dispute_opened is not null
    or e.dispute_resolved is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    if(e.goods_shipped is not null, 'SHIPMENT', 'RETURN') as fact,
    coalesce(e.goods_shipped.shipment_id, e.goods_returned.return_id) as fact_id,
    e.goods_returned.shipment_id as refers_to,
    coalesce(e.goods_shipped.customer_id, e.goods_returned.customer_id) as customer_id,
    cast(null as varchar) as component,
    cast(null as boolean) as adverse,
    coalesce(e.goods_shipped.currency, e.goods_returned.currency) as currency,
    reduce(
        coalesce(
            transform(e.goods_shipped.lines, line -> line.net_amount_micros),
            transform(e.goods_returned.lines, line -> line.net_amount_micros)
        ),
        bigint '0',
        (total, micros) -> total + micros,
        total -> total
    ) * decimal '0.000001' as amount,
    coalesce(e.goods_shipped.shipped_on, e.goods_returned.returned_on) as starts_on,
    cast(null as date) as ends_on,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
where e.goods_shipped is not null or e.goods_returned is not null
