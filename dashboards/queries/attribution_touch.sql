-- Grain: touch of a conversion; those of the newest conversions. What is unattributed is a row of its own.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
select
    cast(r.converted_on as timestamp(6)) as converted_on,
    r.conversion_id,
    r.customer_id,
    coalesce(format_datetime(r.touched_at, 'yyyy-MM-dd HH:mm'), '–') as touched_at,
    r.touch_kind,
    r.channel,
    coalesce(r.campaign, '–') as campaign,
    cast(r.revenue_first as double) as first,
    cast(r.revenue_last as double) as last,
    cast(r.revenue_last_non_direct as double) as last_non_direct,
    cast(r.revenue_first_paid as double) as first_paid,
    cast(r.revenue_last_paid as double) as last_paid,
    cast(r.revenue_linear as double) as linear,
    cast(r.revenue_position as double) as position,
    cast(r.revenue_time_decay as double) as time_decay,
    cast(r.revenue_w_shape as double) as w_shape,
    r.rule_id,
    coalesce(r.touch_id, '–') as touch_id,
    r.evidence_ids
from (${mart.conversion_touch}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }}
order by r.converted_at desc, r.conversion_id, r.touched_at
limit 200
