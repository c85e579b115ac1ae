select
    e.company,
    cast(null as varchar) as region,
    e.contract_signed.region as sold_in,
    if(e.contract_signed is not null, 'SIGNED', if(e.contract_changed is not null, 'CHANGED', 'TERMINATED')) as fact,
    coalesce(e.contract_signed.contract_id, e.contract_changed.contract_id, e.contract_terminated.contract_id) as contract_id,
    coalesce(e.contract_signed.currency, e.contract_changed.currency) as currency,
    coalesce(
        e.contract_signed.net_amount_micros + e.contract_signed.tax_micros,
        e.contract_changed.net_amount_micros + e.contract_changed.tax_micros
    ) * decimal '0.000001' as value,
    coalesce(e.contract_signed.signed_on, e.contract_changed.changed_on, e.contract_terminated.terminated_on) as effective_on,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
where e.contract_signed is not null or e.contract_changed is not null or e.contract_terminated is not null
