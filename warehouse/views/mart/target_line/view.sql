select
    e.company,
    e.target_set.org_node as region,
    e.target_set.target_id as target_id,
    e.target_set.version as version,
    e.target_set.metric as metric,
    e.target_set.parent_target_id as parent_target_id,
    e.target_set.currency as currency,
    e.target_set.value_micros * decimal '0.000001' as value,
    e.target_set.starts_on as starts_on,
    e.target_set.ends_on as ends_on,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.organisation e
where e.target_set is not null
