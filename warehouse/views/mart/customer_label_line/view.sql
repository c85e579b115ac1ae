select
    e.company,
    e.customer_registered.region as region,
    e.customer_registered.customer_id as customer_id,
    e.customer_registered.name as name,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.event_id,
    e.occurred_at,
    e.source_sequence,
    e.epoch,
    e.cut
from raw.customers e
where e.customer_registered is not null
