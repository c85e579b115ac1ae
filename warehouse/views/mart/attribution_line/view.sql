-- Nothing that touches a customer is bound to a region: the region is the customer's, as registered last, for rows' rights are those of now.
select
    l.company,
    l.customer_id,
    l.goal,
    l.conversion_id,
    l.cycle,
    l.converted_at,
    l.converted_on,
    l.journey_id,
    l.touch_id,
    l.touched_at,
    l.touch_kind,
    l.channel,
    l.campaign,
    l.promotion_id,
    l.staff_id,
    c.region,
    l.call_direction,
    l.call_result,
    l.call_seconds,
    l.touches,
    l.credit_first,
    l.credit_last,
    l.credit_last_non_direct,
    l.credit_first_paid,
    l.credit_last_paid,
    l.credit_linear,
    l.credit_position,
    l.credit_time_decay,
    l.credit_w_shape,
    l.currency,
    l.revenue_first,
    l.revenue_last,
    l.revenue_last_non_direct,
    l.revenue_first_paid,
    l.revenue_last_paid,
    l.revenue_linear,
    l.revenue_position,
    l.revenue_time_decay,
    l.revenue_w_shape,
    l.effective_on,
    l.rule_id,
    l.evidence_id,
    l.fold_version,
    l.policy_version,
    l.epoch,
    l.cut
from ledger.attribution l
left join (
    select v.company, v.customer_id, max_by(v.region, v.place) as region
    from (
        select
            e.company,
            e.customer_registered.customer_id as customer_id,
            e.customer_registered.region as region,
            row(e.occurred_at, e.source_sequence, e.event_id) as place,
            rank() over (partition by e.origin_id order by e.revision desc, e.content_hash desc) as standing
        from raw.customers e
        where e.customer_registered is not null
    ) v
    where v.standing = 1
    group by v.company, v.customer_id
) c on c.company = l.company and c.customer_id = l.customer_id
