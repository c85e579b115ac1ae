select
    e.company,
    e.sale_recorded.region as region,
    e.sale_recorded.sale_id as sale_id,
    e.sale_recorded.customer_id as customer_id,
    e.sale_recorded.sold_on as effective_on,
    e.sale_recorded.settlement as settlement,
    e.sale_recorded.currency as currency,
    n.line.line_no as line_no,
    n.line.promotion_id as promotion_id,
    n.line.units_micros * decimal '0.000001' as units,
    n.line.net_amount_micros * decimal '0.000001' as sales,
    n.line.cost_of_goods_micros * decimal '0.000001' as cost_of_goods,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
-- a line stays one value, so that a new field of the schema shifts no column
cross join unnest(transform(e.sale_recorded.lines, l -> row(l))) as n (line)
where e.sale_recorded is not null
