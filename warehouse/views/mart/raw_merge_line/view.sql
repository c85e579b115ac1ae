select
    e.company,
    e.event_type,
    coalesce(e.customer_split.merge_event_id, e.origin_id) as merge_id,
    e.customer_merged.customer_id as customer_id,
    e.customer_merged.duplicate_id as duplicate_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.customers e
where e.customer_merged is not null or e.customer_split is not null
