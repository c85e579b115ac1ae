-- Conservation: what the models give of a conversion, what is unattributed among it, is the same whole in all of them. How much that is
-- of credit is one or nothing; how much of value, check_attribution holds against raw.
with line as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.goal,
        l.conversion_id,
        l.currency,
        m.model,
        sum(m.credit) as credit,
        sum(m.revenue) as revenue
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    cross join unnest(
        array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
        array[l.credit_first, l.credit_last, l.credit_last_non_direct, l.credit_first_paid, l.credit_last_paid, l.credit_linear, l.credit_position, l.credit_time_decay, l.credit_w_shape],
        array[l.revenue_first, l.revenue_last, l.revenue_last_non_direct, l.revenue_first_paid, l.revenue_last_paid, l.revenue_linear, l.revenue_position, l.revenue_time_decay, l.revenue_w_shape]
    ) as m (model, credit, revenue)
    where l.conversion_id is not null
    group by s.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency, m.model
),
conversion as (
    select
        l.cut,
        max(l.credit) - min(l.credit) + if(max(l.credit) in (0, 1), 0, abs(max(l.credit))) as credit_off,
        max(l.revenue) - min(l.revenue) as revenue_off
    from line l
    group by l.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency
),
finding as (
    select
        c.cut,
        k.check_id,
        cast(k.off_by as decimal(38, 6)) as off_by
    from conversion c
    cross join unnest(
        array['attribution_credit', 'attribution_revenue'],
        array[c.credit_off, c.revenue_off]
    ) as k (check_id, off_by)
)
select
    m.cut,
    'attribution' as area,
    c.check_id,
    c.name,
    c.rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('attribution_credit', 'credit per conversion: one in every model, or nothing', 'ATR-3'),
    ('attribution_revenue', 'revenue per conversion: the same in every model', 'ATR-3')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
