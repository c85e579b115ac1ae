select
    e.company,
    e.promotion_cost_incurred.region as region,
    e.promotion_cost_incurred.promotion_id as promotion_id,
    e.promotion_cost_incurred.cost_class as cost_class,
    e.promotion_cost_incurred.currency as currency,
    e.promotion_cost_incurred.incurred_on as effective_on,
    e.promotion_cost_incurred.amount_micros * decimal '0.000001' as cost,
    decimal '0.000000' as planned_cost,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.promotions e
where e.promotion_cost_incurred is not null
union all
select
    e.company,
    e.promotion_planned.region as region,
    e.promotion_planned.promotion_id as promotion_id,
    cast(null as varchar) as cost_class,
    e.promotion_planned.currency as currency,
    e.promotion_planned.starts_on as effective_on,
    decimal '0.000000' as cost,
    e.promotion_planned.planned_cost_micros * decimal '0.000001' as planned_cost,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.promotions e
where e.promotion_planned is not null
