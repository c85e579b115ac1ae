-- What is contracted, billed or sold on account still has to be paid. Of each grade (CRD-1) it is known which part of what fell due its
-- debtors paid in time (CRD-2); that part of the revenue is what is expected of them. Money in hand is at no risk; a sale counts as one on
-- account, whether it was or not.
with debtor as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.grade,
        cast(
            sum(d.paid_in_time) over (partition by d.cut, d.company, d.grade)
            / nullif(sum(d.fell_due) over (partition by d.cut, d.company, d.grade), 0) as decimal(18, 6)
        ) as collection_rate
    from (${mart.debtor_credit}) d
),
goal as (
    select
        c.cut,
        substr(n.name, 19, length(n.name) - 29) as goal,
        n.value in ('CONTRACT', 'INVOICE', 'SALE') as at_risk
    from mart.cut c
    cross join unnest(c.policy) as n (name, value)
    where c.cut = ${cut} and n.name like 'attribution.goals.%.conversion'
),
line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.goal,
        coalesce(l.channel, 'unattributed') as channel,
        l.effective_on,
        l.currency,
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
    where l.conversion_id is not null and l.currency is not null
),
earned as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.goal,
        l.channel,
        d.grade,
        if(g.at_risk, d.collection_rate, decimal '1.000000') as collection_rate,
        date_trunc('month', l.effective_on) as month,
        l.currency,
        array[
            sum(l.revenue_first),
            sum(l.revenue_last),
            sum(l.revenue_last_non_direct),
            sum(l.revenue_first_paid),
            sum(l.revenue_last_paid),
            sum(l.revenue_linear),
            sum(l.revenue_position),
            sum(l.revenue_time_decay),
            sum(l.revenue_w_shape)
        ] as revenues
    from line l
    join goal g on g.cut = l.cut and g.goal = l.goal
    left join debtor d on d.cut = l.cut and d.company = l.company and d.customer_id = l.customer_id
    where l.effective_on <= l.as_of
    group by
        l.cut,
        l.as_of,
        l.company,
        l.goal,
        l.channel,
        d.grade,
        if(g.at_risk, d.collection_rate, decimal '1.000000'),
        date_trunc('month', l.effective_on),
        l.currency
),
known as (
    select
        e.cut,
        e.as_of,
        e.company,
        e.goal,
        m.model,
        e.channel,
        e.grade,
        e.collection_rate,
        e.month,
        e.currency,
        m.revenue,
        least(last_day_of_month(e.month), e.as_of) as rated_on,
        map_keys(map_agg(e.currency, true) over (partition by e.cut, e.company)) as currencies
    from earned e
    cross join unnest(
        array['first', 'last', 'last_non_direct', 'first_paid', 'last_paid', 'linear', 'position', 'time_decay', 'w_shape'],
        e.revenues
    ) as m (model, revenue)
)
select
    k.cut,
    k.as_of,
    k.company,
    k.goal,
    k.model,
    k.channel,
    k.grade,
    k.collection_rate,
    k.month,
    t.currency,
    k.rated_on,
    cast(sum(k.revenue * if(k.currency = t.currency, decimal '1.000000', x.rate)) as decimal(38, 6)) as revenue,
    cast(sum(k.revenue * k.collection_rate * if(k.currency = t.currency, decimal '1.000000', x.rate)) as decimal(38, 6)) as risk_adjusted
from known k
cross join unnest(k.currencies) as t (currency)
left join (${mart.exchange_rate}) x
    on x.cut = k.cut
    and x.company = k.company
    and x.base_currency = k.currency
    and x.quote_currency = t.currency
    and x.valid_on <= k.rated_on
    and (x.valid_until is null or x.valid_until >= k.rated_on)
where k.revenue <> 0 and (k.currency = t.currency or x.rate is not null)
group by k.cut, k.as_of, k.company, k.goal, k.model, k.channel, k.grade, k.collection_rate, k.month, t.currency, k.rated_on
