select
    e.company,
    e.promotion_contact_made.promotion_id as promotion_id,
    'CONTACT' as told_by,
    e.promotion_contact_made.channel as recorded,
    e.occurred_at,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.contacts e
where e.promotion_contact_made is not null
union all
select
    e.company,
    e.promotion_planned.promotion_id as promotion_id,
    'PLAN' as told_by,
    m.medium as recorded,
    e.occurred_at,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.promotions e
-- a plan without media stays, or a correction that takes them away would leave those of its first version
left join unnest(e.promotion_planned.media) as m (medium) on true
where e.promotion_planned is not null
