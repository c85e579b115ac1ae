-- Grain: touch of a conversion, by the chosen model; those of the newest conversions. What is unattributed is a row of its own.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
select
    cast(r.converted_on as timestamp(6)) as converted_on,
    r.conversion_id,
    r.customer_id,
    coalesce(format_datetime(r.touched_at, 'yyyy-MM-dd HH:mm'), '–') as touched_at,
    r.touch_kind,
    r.channel,
    coalesce(r.campaign, '–') as campaign,
    cast(m.credit as double) as credit,
    cast(m.revenue as double) as revenue,
    r.rule_id,
    coalesce(r.touch_id, '–') as touch_id,
    r.evidence_ids
from (${mart.conversion_touch}) r
cross join unnest(
    array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
    array[r.credit_first, r.credit_last, r.credit_last_non_direct, r.credit_first_paid, r.credit_last_paid, r.credit_linear, r.credit_position, r.credit_time_decay, r.credit_w_shape],
    array[r.revenue_first, r.revenue_last, r.revenue_last_non_direct, r.revenue_first_paid, r.revenue_last_paid, r.revenue_linear, r.revenue_position, r.revenue_time_decay, r.revenue_w_shape]
) as m (model, credit, revenue)
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }} and m.model in {{ model | where_in }}
order by r.converted_at desc, r.conversion_id, r.touched_at
limit 200
