with policy as (
    select
        c.cut,
        c.policy,
        element_at(c.policy, 'credit.base_currency') as base_currency,
        cast(coalesce(element_at(c.policy, 'credit.window_months'), '12') as integer) as window_months
    from mart.cut c
    where c.cut = ${cut}
),
line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.customer_id,
        l.entry,
        l.component,
        l.grade,
        l.alert,
        l.step,
        l.currency,
        l.amount,
        l.signed_count,
        l.due_on,
        l.effective_on
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- every amount in the policy's own currency, at the declared rate (CRD-8)
valued as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.customer_id,
        l.entry,
        l.component,
        l.grade,
        l.alert,
        l.step,
        l.signed_count,
        l.due_on < l.as_of as past_due,
        element_at(p.policy, 'credit.rates.' || l.currency) is not null as has_rate,
        date_add('month', p.window_months, l.due_on) >= l.as_of as in_window,
        p.base_currency as currency,
        coalesce(l.amount, decimal '0.000000')
            * coalesce(cast(element_at(p.policy, 'credit.rates.' || l.currency) as decimal(18, 6)), decimal '0.000000') as amount
    from line l
    join policy p on p.cut = l.cut
    where l.effective_on <= l.as_of
),
debtor as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.customer_id,
        v.currency,
        coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE' and v.component in ('NOT_DUE', 'OVERDUE') and not v.past_due), decimal '0') as not_due,
        coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE' and v.component in ('NOT_DUE', 'OVERDUE') and v.past_due), decimal '0') as overdue,
        coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE' and v.component = 'SHIPPED_NOT_INVOICED'), decimal '0') as shipped_not_invoiced,
        -coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE' and v.component = 'UNAPPLIED_CASH'), decimal '0') as unapplied_cash,
        -coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE' and v.component = 'FREE_CREDIT'), decimal '0') as free_credit,
        coalesce(sum(v.amount) filter (where v.entry = 'EXPOSURE'), decimal '0') as exposure,
        if(
            coalesce(sum(v.signed_count) filter (where v.entry = 'LIMIT' and v.component is null and v.has_rate), 0) > 0,
            sum(v.amount) filter (where v.entry = 'LIMIT' and v.component is null)
        ) as credit_limit,
        coalesce(sum(v.amount) filter (where v.entry = 'COLLATERAL'), decimal '0') as collateral,
        coalesce(sum(v.amount) filter (where v.entry = 'FELL_DUE' and v.in_window), decimal '0') as fell_due,
        coalesce(sum(v.amount) filter (where v.entry = 'PAID_IN_TIME' and v.in_window), decimal '0') as paid_in_time,
        coalesce(sum(if(v.step = 'RAISED', v.signed_count, -v.signed_count)) filter (where v.entry = 'ALERT'), 0) as open_alerts,
        coalesce(sum(if(v.step = 'DUE', v.signed_count, -v.signed_count)) filter (where v.entry = 'REVIEW'), 0) as reviews_due,
        coalesce(sum(v.amount) filter (where v.entry = 'LEVERAGE'), decimal '0') as taken_while_overdue
    from valued v
    group by v.cut, v.as_of, v.company, v.customer_id, v.currency
),
grade as (
    select g.cut, g.company, g.customer_id, max(g.grade) as grade
    from (
        select v.cut, v.company, v.customer_id, v.grade
        from valued v
        where v.entry = 'GRADE'
        group by v.cut, v.company, v.customer_id, v.grade
        having sum(v.signed_count) > 0
    ) g
    group by g.cut, g.company, g.customer_id
)
select
    d.cut,
    d.as_of,
    d.company,
    c.region,
    d.customer_id,
    coalesce(c.name, d.customer_id) as customer,
    coalesce(g.grade, 'unrated') as grade,
    d.currency,
    cast(d.not_due as decimal(38, 6)) as not_due,
    cast(d.overdue as decimal(38, 6)) as overdue,
    cast(d.shipped_not_invoiced as decimal(38, 6)) as shipped_not_invoiced,
    cast(d.unapplied_cash as decimal(38, 6)) as unapplied_cash,
    cast(d.free_credit as decimal(38, 6)) as free_credit,
    cast(d.exposure as decimal(38, 6)) as exposure,
    cast(d.credit_limit as decimal(38, 6)) as credit_limit,
    cast(greatest(d.exposure - d.credit_limit, decimal '0') as decimal(38, 6)) as over_limit,
    cast(d.collateral as decimal(38, 6)) as collateral,
    cast(greatest(d.exposure - d.collateral, decimal '0') as decimal(38, 6)) as unsecured,
    cast(d.fell_due as decimal(38, 6)) as fell_due,
    cast(d.paid_in_time as decimal(38, 6)) as paid_in_time,
    cast(d.paid_in_time as double) / nullif(cast(d.fell_due as double), 0) as collection_rate,
    d.open_alerts,
    d.reviews_due,
    cast(d.taken_while_overdue as decimal(38, 6)) as taken_while_overdue
from debtor d
left join grade g on g.cut = d.cut and g.company = d.company and g.customer_id = d.customer_id
left join (${mart.customer}) c on c.cut = d.cut and c.company = d.company and c.customer_id = d.customer_id
