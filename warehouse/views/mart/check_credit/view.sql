-- Credit once more, from the rules' text and not from the fold (CRD-6, CRD-8): what is open is not due until its due day has
-- passed, then overdue; goods count from shipment to invoice; an alert is open where the limit is passed, and nowhere else.
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
policy as (
    select
        c.cut,
        transform_values(
            transform_keys(map_filter(c.policy, (name, value) -> name like 'credit.rates.%'), (name, value) -> substr(name, 14)),
            (currency, value) -> cast(value as decimal(18, 6))
        ) as rates,
        element_at(c.policy, 'credit.zone') as zone,
        cast(element_at(c.policy, 'credit.near_limit_percent') as decimal(18, 6)) as near_percent
    from mart.cut c
    where c.cut = ${cut}
),
version as (
    select
        s.cut,
        coalesce(element_at(s.business_days, l.company), date '0001-01-01') as closed_on,
        l.company,
        l.customer_id,
        l.fact,
        l.fact_id,
        l.refers_to,
        l.component,
        l.currency,
        l.amount,
        l.starts_on,
        l.ends_on,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        cast(at_timezone(l.occurred_at, p.zone) as date) as told_on,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join policy p on p.cut = s.cut
    join mart.raw_credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
fact as (
    select
        v.cut,
        v.closed_on,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.fact,
        v.fact_id,
        v.refers_to,
        v.component,
        v.currency,
        v.amount,
        v.starts_on,
        v.ends_on,
        v.place,
        v.told_on,
        -- a cancellation is for good, also before its invoice
        v.fact = 'INVOICE' and count_if(v.fact = 'CANCELLATION') over (
            partition by
                v.cut,
                v.company,
                coalesce(r.survivor_id, v.customer_id),
                if(v.fact in ('INVOICE', 'CANCELLATION'), v.fact_id),
                v.fact in ('INVOICE', 'CANCELLATION')
        ) > 0 as cancelled
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1 and v.customer_id is not null
),
line as (
    select
        s.cut,
        coalesce(element_at(s.business_days, l.company), date '0001-01-01') as closed_on,
        l.company,
        l.customer_id,
        l.entry,
        l.component,
        l.item_id,
        l.grade,
        l.alert,
        l.step,
        l.currency,
        coalesce(l.amount, decimal '0.000000') as amount,
        l.signed_count,
        l.due_on
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- what is open, from the receivables of the same cut, which have checks of their own
open as (
    select o.cut, o.company, o.customer_id, o.component, o.item_id, o.currency, o.due_on, sum(o.amount) as off_by
    from (
        select
            s.cut,
            l.company,
            l.customer_id,
            case
                when l.account <> 'RECEIVABLE' then l.account
                when l.due_on <= coalesce(element_at(s.business_days, l.company), date '0001-01-01') then 'OVERDUE'
                else 'NOT_DUE'
            end as component,
            l.item_id,
            l.currency,
            l.due_on,
            l.amount
        from ${span.ledger} s
        join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
        where l.account in ('RECEIVABLE', 'UNAPPLIED_CASH', 'FREE_CREDIT')
        union all
        select l.cut, l.company, l.customer_id, l.component, l.item_id, l.currency, l.due_on, -l.amount
        from line l
        where l.entry = 'EXPOSURE' and l.component <> 'SHIPPED_NOT_INVOICED'
    ) o
    group by o.cut, o.company, o.customer_id, o.component, o.item_id, o.currency, o.due_on
),
shipment as (
    select
        f.cut,
        f.company,
        f.customer_id,
        if(f.fact = 'SHIPMENT', f.fact_id, f.refers_to) as shipment_id,
        f.currency,
        greatest(sum(if(f.fact = 'SHIPMENT', f.amount, -f.amount)), decimal '0.000000') as amount
    from fact f
    where f.fact = 'SHIPMENT' or (f.fact in ('INVOICE', 'RETURN') and f.refers_to is not null and not f.cancelled)
    group by f.cut, f.company, f.customer_id, if(f.fact = 'SHIPMENT', f.fact_id, f.refers_to), f.currency
),
shipped as (
    select o.cut, o.company, o.customer_id, o.shipment_id, o.currency, sum(o.amount) as off_by
    from (
        select h.cut, h.company, h.customer_id, h.shipment_id, h.currency, h.amount
        from shipment h
        union all
        select l.cut, l.company, l.customer_id, l.item_id, l.currency, -l.amount
        from line l
        where l.entry = 'EXPOSURE' and l.component = 'SHIPPED_NOT_INVOICED'
    ) o
    group by o.cut, o.company, o.customer_id, o.shipment_id, o.currency
),
-- the debtor's own limit of a part, and the collateral, as last told; whether it is surely in force, or may have ended or not begun
own as (
    select
        f.cut,
        f.company,
        f.customer_id,
        f.fact,
        coalesce(if(f.fact = 'LIMIT', f.component, f.fact_id), '') as part,
        max_by(f.amount, f.place) as amount,
        max_by(f.currency, f.place) as currency,
        max_by(f.starts_on <= greatest(date_add('day', 1, f.closed_on), f.told_on), f.place)
            and max_by(f.ends_on is null or f.ends_on > f.told_on and f.ends_on > date_add('year', 1, f.closed_on), f.place) as in_force
    from fact f
    where f.fact in ('LIMIT', 'COLLATERAL')
    group by f.cut, f.company, f.customer_id, f.fact, coalesce(if(f.fact = 'LIMIT', f.component, f.fact_id), '')
),
held as (
    select
        l.cut,
        l.company,
        l.customer_id,
        l.entry as fact,
        coalesce(if(l.entry = 'LIMIT', l.component, l.item_id), '') as part,
        l.currency,
        l.amount,
        l.signed_count
    from line l
    where l.entry = 'COLLATERAL' or l.entry = 'LIMIT' and l.grade is null
),
-- a limit of nothing is one too, so limits are counted, but a collateral of nothing is none; what was told anew in another
-- currency leaves no line standing in the first; a line that no event explains counts as off
granted as (
    select o.cut, o.company, o.customer_id, o.fact, o.part, o.currency, abs(sum(o.amount)) + abs(sum(o.members)) as off_by
    from (
        select w.cut, w.company, w.customer_id, w.fact, w.part, w.currency, w.amount, if(w.fact = 'COLLATERAL' and w.amount = 0, 0, 1) as members
        from own w
        where w.in_force
        union all
        select h.cut, h.company, h.customer_id, h.fact, h.part, h.currency, -h.amount, -h.signed_count
        from held h
        left join own w on w.cut = h.cut and w.company = h.company and w.customer_id = h.customer_id and w.fact = h.fact and w.part = h.part
        where coalesce(w.in_force, true)
    ) o
    group by o.cut, o.company, o.customer_id, o.fact, o.part, o.currency
),
-- in the policy's own currency: what is lent of each limited part, and its limit
limited as (
    select
        l.cut,
        l.company,
        l.customer_id,
        p.near_percent,
        k.part,
        sum(if(l.entry = 'EXPOSURE' and k.part in ('', l.component), l.amount * element_at(p.rates, l.currency), decimal '0')) as exposure,
        sum(if(l.entry = 'LIMIT' and k.part = coalesce(l.component, ''), l.amount * element_at(p.rates, l.currency), decimal '0')) as credit_limit,
        sum(if(l.entry = 'LIMIT' and k.part = coalesce(l.component, '') and element_at(p.rates, l.currency) is not null, l.signed_count, 0)) as limits,
        sum(
            if(
                l.entry = 'ALERT' and l.alert = 'OVER_LIMIT' and k.part = coalesce(l.component, ''),
                if(l.step = 'RAISED', l.signed_count, -l.signed_count),
                0
            )
        ) as over_open,
        sum(
            if(
                l.entry = 'ALERT' and l.alert = 'NEAR_LIMIT' and k.part = coalesce(l.component, ''),
                if(l.step = 'RAISED', l.signed_count, -l.signed_count),
                0
            )
        ) as near_open
    from line l
    join policy p on p.cut = l.cut
    cross join unnest(array['', 'NOT_DUE', 'OVERDUE', 'SHIPPED_NOT_INVOICED']) as k (part)
    where l.entry in ('EXPOSURE', 'LIMIT', 'ALERT')
    group by l.cut, l.company, l.customer_id, p.near_percent, k.part
),
alarm as (
    select
        m.cut,
        abs(m.over_open - if(m.limits > 0 and m.exposure > m.credit_limit, 1, 0))
            + abs(
                m.near_open
                - if(m.limits > 0 and m.exposure <= m.credit_limit and m.exposure > 0 and m.exposure * 100 >= m.credit_limit * m.near_percent, 1, 0)
            ) as off_by
    from limited m
),
finding as (
    select o.cut, 'credit_open' as check_id, cast(abs(o.off_by) as decimal(38, 6)) as off_by
    from open o
    union all
    select h.cut, 'credit_shipped', cast(abs(h.off_by) as decimal(38, 6))
    from shipped h
    union all
    select g.cut, if(g.fact = 'LIMIT', 'credit_limits', 'credit_collateral'), cast(g.off_by as decimal(38, 6))
    from granted g
    union all
    select a.cut, 'credit_alerts', cast(a.off_by as decimal(38, 6))
    from alarm a
)
select
    m.cut,
    'credit' as area,
    c.check_id,
    c.name,
    c.rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('credit_open', 'not due, overdue and unapplied per item: credit against receivables', 'CRD-8'),
    ('credit_shipped', 'shipped and not invoiced per shipment: ledger against raw', 'CRD-8'),
    ('credit_limits', 'own limit per debtor: ledger against raw', 'CRD-6'),
    ('credit_collateral', 'value per collateral: ledger against raw', 'CRD-8'),
    ('credit_alerts', 'limit alerts are open where a limit is passed or near, and nowhere else', 'CRD-8')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
