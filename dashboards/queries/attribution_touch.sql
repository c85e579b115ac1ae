-- Grain: touch of a conversion, by the chosen model; those of the newest conversions. What is unattributed is a row of its own. A
-- data-driven model gives no conversion its touches, so it is shown through a lens.
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
    cast(r.credit as double) as credit,
    cast(r.revenue as double) as revenue,
    r.rule_id,
    coalesce(r.touch_id, '–') as touch_id,
    r.evidence_ids
from (
{% if model[0] in ['markov', 'shapley'] %}
    select
        l.converted_on,
        l.converted_at,
        l.conversion_id,
        l.customer_id,
        l.touched_at,
        l.touch_kind,
        l.channel,
        l.campaign,
        l.model,
        l.credit,
        l.revenue,
        l.rule_id,
        l.touch_id,
        l.evidence_ids
    from (${mart.conversion_lens}) l
    where l.company in ${company} and (l.currency in ${currency} or l.currency is null) and l.goal in {{ goal | where_in }}
{% else %}
    select
        t.converted_on,
        t.converted_at,
        t.conversion_id,
        t.customer_id,
        t.touched_at,
        t.touch_kind,
        t.channel,
        t.campaign,
        m.model,
        m.credit,
        m.revenue,
        t.rule_id,
        t.touch_id,
        t.evidence_ids
    from (${mart.conversion_touch}) t
    cross join unnest(
        array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
        array[t.credit_first, t.credit_last, t.credit_last_non_direct, t.credit_first_paid, t.credit_last_paid, t.credit_linear, t.credit_position, t.credit_time_decay, t.credit_w_shape],
        array[t.revenue_first, t.revenue_last, t.revenue_last_non_direct, t.revenue_first_paid, t.revenue_last_paid, t.revenue_linear, t.revenue_position, t.revenue_time_decay, t.revenue_w_shape]
    ) as m (model, credit, revenue)
    where t.company in ${company} and (t.currency in ${currency} or t.currency is null) and t.goal in {{ goal | where_in }}
{% endif %}
) r
where r.model in {{ model | where_in }}
order by r.converted_at desc, r.conversion_id, r.touched_at
limit 200
