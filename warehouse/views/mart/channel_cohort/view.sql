-- A customer belongs to the month of the first conversion of the goal that still stands, and to the channels to which the model credits
-- that one; what comes of the customer from there on is theirs in the same shares. Each month's amounts are valued at the rates of its
-- last day, or of the as-of day while it runs.
with spend as (
    select s.cut, s.as_of, s.company, s.channel, date_trunc('month', s.incurred_on) as month, s.currency, sum(s.cost) as spend
    from (${mart.channel_spend}) s
    group by s.cut, s.as_of, s.company, s.channel, date_trunc('month', s.incurred_on), s.currency
),
goal as (
    select c.cut, substr(n.name, 19, length(n.name) - 29) as goal
    from mart.cut c
    cross join unnest(map_keys(c.policy)) as n (name)
    where c.cut = ${cut} and n.name like 'attribution.goals.%.conversion'
),
line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.goal,
        l.conversion_id,
        l.converted_at,
        l.converted_on,
        coalesce(l.channel, 'unattributed') as channel,
        l.currency,
        l.effective_on,
        l.revenue_first,
        l.credit_first,
        l.credit_last,
        l.credit_last_non_direct,
        l.credit_first_paid,
        l.credit_last_paid,
        l.credit_linear,
        l.credit_position,
        l.credit_time_decay,
        l.credit_w_shape
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.conversion_id is not null
),
-- every model adds up to the same revenue, the first stands for all
conversion as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.goal,
        row(l.converted_at, l.conversion_id, coalesce(l.currency, '')) as conversion,
        l.converted_on,
        l.channel,
        l.currency,
        date_trunc('month', l.effective_on) as month,
        sum(l.revenue_first) as revenue,
        array[
            sum(l.credit_first),
            sum(l.credit_last),
            sum(l.credit_last_non_direct),
            sum(l.credit_first_paid),
            sum(l.credit_last_paid),
            sum(l.credit_linear),
            sum(l.credit_position),
            sum(l.credit_time_decay),
            sum(l.credit_w_shape)
        ] as credits
    from line l
    where l.effective_on <= l.as_of
    group by
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.goal,
        l.converted_at,
        l.conversion_id,
        l.converted_on,
        l.channel,
        l.currency,
        date_trunc('month', l.effective_on)
),
standing as (
    select
        c.cut,
        c.as_of,
        c.company,
        c.customer_id,
        c.goal,
        c.conversion,
        c.converted_on,
        c.channel,
        c.currency,
        c.month,
        c.revenue,
        c.credits,
        sum(c.credits[1]) over (partition by c.cut, c.company, c.customer_id, c.goal, c.conversion) <> 0 as stands
    from conversion c
),
ranked as (
    select
        s.cut,
        s.as_of,
        s.company,
        s.customer_id,
        s.goal,
        s.conversion,
        s.converted_on,
        s.channel,
        s.currency,
        s.month,
        s.revenue,
        s.credits,
        min(if(s.stands, s.conversion)) over (partition by s.cut, s.company, s.customer_id, s.goal) as acquired_by
    from standing s
),
customer as (
    select
        r.cut,
        r.as_of,
        r.company,
        r.customer_id,
        r.goal,
        date_trunc('month', max(if(r.conversion = r.acquired_by, r.converted_on))) as acquired_in,
        array_agg(row(r.channel, r.credits)) filter (where r.conversion = r.acquired_by) as acquired_through,
        array_agg(row(r.month, r.currency, r.revenue)) as brought
    from ranked r
    where r.conversion >= r.acquired_by
    group by r.cut, r.as_of, r.company, r.customer_id, r.goal
),
-- money that is dated before the conversion it came after is of the first month
fact as (
    select
        c.cut,
        c.as_of,
        c.company,
        c.goal,
        m.model,
        g.channel,
        c.acquired_in as month,
        greatest(0, date_diff('month', c.acquired_in, v.month)) as age,
        v.currency,
        -- once, not with every revenue
        sum(if(v.n = 1, m.credit, decimal '0.000000')) as customers,
        sum(m.credit * v.revenue) as revenue,
        decimal '0.000000' as spend
    from customer c
    cross join unnest(c.acquired_through) as g (channel, credits)
    cross join unnest(
        array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
        g.credits
    ) as m (model, credit)
    cross join unnest(c.brought) with ordinality as v (month, currency, revenue, n)
    where m.credit <> 0
    group by c.cut, c.as_of, c.company, c.goal, m.model, g.channel, c.acquired_in, greatest(0, date_diff('month', c.acquired_in, v.month)), v.currency
    union all
    select s.cut, s.as_of, s.company, g.goal, m.model, s.channel, s.month, 0, s.currency, 0, 0, s.spend
    from spend s
    join goal g on g.cut = s.cut
    cross join unnest(array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape']) as m (model)
),
known as (
    select
        f.cut,
        f.as_of,
        f.company,
        f.goal,
        f.model,
        f.channel,
        f.month,
        f.age,
        f.currency,
        f.customers,
        f.revenue,
        f.spend,
        least(last_day_of_month(date_add('month', f.age, f.month)), f.as_of) as rated_on,
        map_keys(map_agg(coalesce(f.currency, ''), true) over (partition by f.cut, f.company)) as currencies
    from fact f
),
valued as (
    select
        k.cut,
        k.as_of,
        k.company,
        k.goal,
        k.model,
        k.channel,
        k.month,
        nullif(t.currency, '') as currency,
        k.age,
        k.customers,
        k.revenue,
        k.spend,
        if(coalesce(k.currency, t.currency) = t.currency, decimal '1.000000', x.rate) as rate
    from known k
    cross join unnest(k.currencies) as t (currency)
    left join (${mart.exchange_rate}) x
        on x.cut = k.cut
        and x.company = k.company
        and x.base_currency = k.currency
        and x.quote_currency = t.currency
        and x.valid_on <= k.rated_on
        and (x.valid_until is null or x.valid_until >= k.rated_on)
    where t.currency <> '' or cardinality(k.currencies) = 1
),
aged as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.goal,
        v.model,
        v.channel,
        v.month,
        v.currency,
        v.age,
        sum(v.customers) as customers,
        sum(v.spend * v.rate) as spend,
        sum(v.revenue * v.rate) as revenue,
        count_if(v.rate is null and v.spend <> 0) as spends_without_rate,
        count_if(v.rate is null and v.revenue <> 0) as revenues_without_rate
    from valued v
    group by v.cut, v.as_of, v.company, v.goal, v.model, v.channel, v.month, v.currency, v.age
),
cohort as (
    select
        a.cut,
        a.as_of,
        a.company,
        a.goal,
        a.model,
        a.channel,
        a.month,
        a.currency,
        cast(sum(a.customers) as decimal(38, 6)) as customers,
        cast(coalesce(sum(a.spend), 0) as decimal(38, 6)) as spend,
        map_agg(a.age, cast(coalesce(a.revenue, 0) as decimal(38, 6))) as revenue_by_age,
        sum(a.spends_without_rate) > 0 as spend_lacks_rate,
        sum(a.revenues_without_rate) > 0 as revenue_lacks_rate
    from aged a
    group by a.cut, a.as_of, a.company, a.goal, a.model, a.channel, a.month, a.currency
),
month as (
    select
        c.cut,
        c.as_of,
        c.company,
        c.goal,
        c.model,
        c.channel,
        c.month,
        c.currency,
        c.customers,
        c.spend,
        c.spend_lacks_rate,
        c.revenue_lacks_rate,
        n.age,
        coalesce(element_at(c.revenue_by_age, n.age), 0) as revenue,
        sum(coalesce(element_at(c.revenue_by_age, n.age), 0)) over (
            partition by c.cut, c.company, c.goal, c.model, c.channel, c.month, c.currency
            order by n.age
        ) as cumulative
    from cohort c
    -- an age that was not lived has no row
    cross join unnest(sequence(0, date_diff('month', c.month, date_trunc('month', c.as_of)))) as n (age)
)
select
    m.cut,
    m.as_of,
    m.company,
    m.goal,
    m.model,
    m.channel,
    m.month,
    m.currency,
    m.customers,
    m.spend,
    if(m.spend > 0 and m.customers > 0 and not m.spend_lacks_rate, cast(m.spend / nullif(m.customers, 0) as decimal(38, 6))) as cac,
    m.age,
    last_day_of_month(date_add('month', m.age, m.month)) <= m.as_of as complete,
    m.revenue,
    m.cumulative,
    if(
        m.spend > 0 and not m.spend_lacks_rate and not m.revenue_lacks_rate,
        min(if(m.cumulative >= m.spend, m.age)) over (partition by m.cut, m.company, m.goal, m.model, m.channel, m.month, m.currency)
    ) as payback_age,
    date_diff('month', m.month, date_trunc('month', date_add('day', 1, m.as_of))) as maturity,
    least(last_day_of_month(date_add('month', m.age, m.month)), m.as_of) as rated_on,
    m.spend_lacks_rate,
    m.revenue_lacks_rate
from month m
