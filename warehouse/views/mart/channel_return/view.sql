-- Spend and revenue of a month, both at the rates of its last day, or of the as-of day while it runs: a rate that moves within the
-- month does not move their ratio. Spend serves every goal and is shared out by no model, so each of them shows all of it.
with spend as (
    select
        s.cut,
        s.as_of,
        s.company,
        s.channel,
        s.campaign,
        date_trunc('month', s.incurred_on) as month,
        s.currency,
        sum(s.cost) as spend,
        sum(s.costs) as costs
    from (${mart.channel_spend}) s
    group by s.cut, s.as_of, s.company, s.channel, s.campaign, date_trunc('month', s.incurred_on), s.currency
),
goal as (
    select
        c.cut,
        substr(n.name, 19, length(n.name) - 29) as goal,
        case n.value
            when 'CONTRACT' then 'CONTRACTED'
            when 'INVOICE' then 'BILLED'
            when 'PAYMENT' then 'COLLECTED'
            when 'SALE' then 'SOLD'
            when 'DEPOSIT' then 'DEPOSITED'
        end as money
    from mart.cut c
    cross join unnest(c.policy) as n (name, value)
    where c.cut = ${cut} and n.name like 'attribution.goals.%.conversion'
),
fact as (
    select
        r.cut,
        r.as_of,
        r.company,
        r.goal,
        r.model,
        r.channel,
        r.campaign,
        r.month,
        r.currency,
        sum(r.credit) as conversions,
        sum(r.revenue) as revenue,
        decimal '0.000000' as spend,
        0 as costs
    from (${mart.attribution_rule_based}) r
    group by r.cut, r.as_of, r.company, r.goal, r.model, r.channel, r.campaign, r.month, r.currency
    union all
    select
        s.cut,
        s.as_of,
        s.company,
        g.goal,
        m.model,
        s.channel,
        s.campaign,
        s.month,
        s.currency,
        0,
        0,
        s.spend,
        s.costs
    from spend s
    join goal g on g.cut = s.cut
    cross join unnest(array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape']) as m (model)
),
-- to be shown in each currency the company has something in; where nothing has a value, in none
known as (
    select
        f.cut,
        f.as_of,
        f.company,
        f.goal,
        f.model,
        f.channel,
        f.campaign,
        f.month,
        f.currency,
        f.conversions,
        f.revenue,
        f.spend,
        f.costs,
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
        k.campaign,
        k.month,
        nullif(t.currency, '') as currency,
        k.currency as own_currency,
        k.conversions,
        k.revenue,
        k.spend,
        k.costs,
        least(last_day_of_month(k.month), k.as_of) as rated_on,
        if(coalesce(k.currency, t.currency) = t.currency, decimal '1.000000', x.rate) as rate
    from known k
    cross join unnest(k.currencies) as t (currency)
    left join (${mart.exchange_rate}) x
        on x.cut = k.cut
        and x.company = k.company
        and x.base_currency = k.currency
        and x.quote_currency = t.currency
        and x.valid_on <= least(last_day_of_month(k.month), k.as_of)
        and (x.valid_until is null or x.valid_until >= least(last_day_of_month(k.month), k.as_of))
    where t.currency <> '' or cardinality(k.currencies) = 1
),
total as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.goal,
        v.model,
        v.channel,
        v.campaign,
        v.month,
        v.currency,
        v.rated_on,
        map_agg(v.own_currency, v.rate) filter (where v.own_currency <> v.currency and v.rate is not null) as rates,
        sum(v.costs) as costs,
        cast(coalesce(sum(v.spend * v.rate), 0) as decimal(38, 6)) as spend,
        cast(sum(v.conversions) as decimal(38, 6)) as conversions,
        cast(coalesce(sum(v.revenue * v.rate), 0) as decimal(38, 6)) as revenue,
        coalesce(sum(v.costs) filter (where v.rate is null), 0) as costs_without_rate,
        map_agg(v.own_currency, v.spend) filter (where v.rate is null and v.costs > 0) as spend_without_rate,
        map_agg(v.own_currency, v.revenue) filter (where v.rate is null and v.revenue <> 0) as revenue_without_rate
    from valued v
    group by v.cut, v.as_of, v.company, v.goal, v.model, v.channel, v.campaign, v.month, v.currency, v.rated_on
)
select
    t.cut,
    t.as_of,
    t.company,
    t.goal,
    g.money,
    t.model,
    t.channel,
    t.campaign,
    t.month,
    t.currency,
    t.rated_on,
    t.rates,
    t.costs,
    t.spend,
    t.conversions,
    t.revenue,
    if(
        t.spend > 0 and (t.conversions <> 0 or t.revenue <> 0) and t.costs_without_rate = 0 and t.revenue_without_rate is null,
        cast(t.revenue / nullif(t.spend, 0) as decimal(38, 6))
    ) as roas,
    if(
        t.spend > 0 and t.conversions > 0 and t.costs_without_rate = 0,
        cast(t.spend / nullif(t.conversions, 0) as decimal(38, 6))
    ) as cpa,
    t.costs_without_rate,
    t.spend_without_rate,
    t.revenue_without_rate
from total t
left join goal g on g.cut = t.cut and g.goal = t.goal
