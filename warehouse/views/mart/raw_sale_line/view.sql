select
    e.company,
    e.sale_recorded.region as region,
    e.sale_recorded.sale_id as sale_id,
    e.sale_recorded.customer_id as customer_id,
    e.sale_recorded.sold_on as effective_on,
    e.sale_recorded.settlement as settlement,
    e.sale_recorded.currency as currency,
    n.line_no,
    n.promotion_id,
    n.units_micros * decimal '0.000001' as units,
    n.net_amount_micros * decimal '0.000001' as sales,
    n.cost_of_goods_micros * decimal '0.000001' as cost_of_goods,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.sales e
cross join unnest(e.sale_recorded.lines) as n (line_no, product_id, promotion_id, units_micros, net_amount_micros, cost_of_goods_micros)
where e.sale_recorded is not null
