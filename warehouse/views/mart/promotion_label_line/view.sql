select
    e.company,
    e.promotion_planned.region as region,
    e.promotion_planned.promotion_id as promotion_id,
    e.promotion_planned.name as name,
    array_join(e.promotion_planned.media, ', ') as media,
    e.promotion_planned.starts_on as starts_on,
    e.promotion_planned.ends_on as ends_on,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.event_id,
    e.occurred_at,
    e.source_sequence,
    e.epoch,
    e.cut
from raw.promotions e
where e.promotion_planned is not null
