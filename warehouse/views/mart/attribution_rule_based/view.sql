-- All models side by side in the ledger, below each other here: added up first, so that only sums are turned.
with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        l.converted_on,
        l.effective_on,
        l.currency,
        l.credit_first,
        l.credit_last,
        l.credit_last_non_direct,
        l.credit_first_paid,
        l.credit_last_paid,
        l.credit_linear,
        l.credit_position,
        l.credit_time_decay,
        l.credit_w_shape,
        l.revenue_first,
        l.revenue_last,
        l.revenue_last_non_direct,
        l.revenue_first_paid,
        l.revenue_last_paid,
        l.revenue_linear,
        l.revenue_position,
        l.revenue_time_decay,
        l.revenue_w_shape
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.conversion_id is not null
),
total as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        date_trunc('month', l.effective_on) as month,
        date_trunc('month', l.converted_on) as converted_month,
        l.currency,
        sum(l.credit_first) as credit_first,
        sum(l.credit_last) as credit_last,
        sum(l.credit_last_non_direct) as credit_last_non_direct,
        sum(l.credit_first_paid) as credit_first_paid,
        sum(l.credit_last_paid) as credit_last_paid,
        sum(l.credit_linear) as credit_linear,
        sum(l.credit_position) as credit_position,
        sum(l.credit_time_decay) as credit_time_decay,
        sum(l.credit_w_shape) as credit_w_shape,
        sum(l.revenue_first) as revenue_first,
        sum(l.revenue_last) as revenue_last,
        sum(l.revenue_last_non_direct) as revenue_last_non_direct,
        sum(l.revenue_first_paid) as revenue_first_paid,
        sum(l.revenue_last_paid) as revenue_last_paid,
        sum(l.revenue_linear) as revenue_linear,
        sum(l.revenue_position) as revenue_position,
        sum(l.revenue_time_decay) as revenue_time_decay,
        sum(l.revenue_w_shape) as revenue_w_shape
    from line l
    where l.effective_on <= l.as_of
    group by
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        date_trunc('month', l.effective_on),
        date_trunc('month', l.converted_on),
        l.currency
)
select
    t.cut,
    t.as_of,
    t.company,
    t.region,
    t.goal,
    coalesce(t.channel, 'unattributed') as channel,
    t.channel is not null as attributed,
    t.campaign,
    t.month,
    t.converted_month,
    t.currency,
    m.model,
    m.credit,
    m.revenue
from total t
cross join unnest(
    array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
    array[t.credit_first, t.credit_last, t.credit_last_non_direct, t.credit_first_paid, t.credit_last_paid, t.credit_linear, t.credit_position, t.credit_time_decay, t.credit_w_shape],
    array[t.revenue_first, t.revenue_last, t.revenue_last_non_direct, t.revenue_first_paid, t.revenue_last_paid, t.revenue_linear, t.revenue_position, t.revenue_time_decay, t.revenue_w_shape]
) as m (model, credit, revenue)
where m.credit <> 0 or m.revenue <> 0
