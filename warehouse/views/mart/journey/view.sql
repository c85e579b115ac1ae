with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.customer_id,
        l.goal,
        l.conversion_id,
        l.journey_id,
        l.converted_at,
        l.converted_on,
        l.touch_id,
        l.touched_at,
        l.channel,
        l.currency,
        l.touches,
        l.effective_on,
        l.credit_first,
        l.revenue_first
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- a touch that left its journey is none of its touches any more; every model adds up to the same, the first stands for all
touch as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.customer_id,
        l.goal,
        l.conversion_id,
        l.journey_id,
        l.converted_at,
        l.converted_on,
        l.currency,
        l.touch_id,
        l.touched_at,
        l.channel,
        -- a conversion takes an open touch back on a later day
        min(l.effective_on) as effective_on,
        sum(l.touches) as touches,
        sum(l.credit_first) as credit,
        sum(l.revenue_first) as revenue
    from line l
    where l.effective_on <= l.as_of
    group by
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.customer_id,
        l.goal,
        l.conversion_id,
        l.journey_id,
        l.converted_at,
        l.converted_on,
        l.currency,
        l.touch_id,
        l.touched_at,
        l.channel
)
select
    t.cut,
    t.as_of,
    t.company,
    t.region,
    t.customer_id,
    t.goal,
    t.conversion_id,
    t.journey_id,
    t.currency,
    sum(t.credit) <> 0 as converted,
    date_trunc('month', coalesce(t.converted_on, max(t.effective_on) filter (where t.touches > 0))) as month,
    coalesce(sum(t.touches), 0) as length,
    date_diff('second', min(t.touched_at) filter (where t.touches > 0), t.converted_at) / 86400e0 as lag_days,
    coalesce(
        array_join(array_agg(t.channel order by t.touched_at, t.touch_id) filter (where t.touches > 0), ' > '), ''
    ) as path,
    sum(t.revenue) as value
from touch t
group by t.cut, t.as_of, t.company, t.region, t.customer_id, t.goal, t.conversion_id, t.journey_id, t.converted_at, t.converted_on, t.currency
having sum(t.touches) > 0 or sum(t.credit) <> 0
