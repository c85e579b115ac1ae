select
    e.company,
    cast(null as varchar) as region,
    e.staff_joined.staff_id as staff_id,
    e.staff_joined.name as name,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.organisation e
where e.staff_joined is not null
