select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.customers e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.promotions e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.contacts e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.organisation e
union all
select
    e.company,
    e.topic,
    e."partition",
    e."offset",
    e.event_id,
    e.origin_id,
    e.event_type,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.rejected e
