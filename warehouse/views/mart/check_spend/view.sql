-- What the costs in raw add up to, each in its highest version, against channel_spend; and those of promotions against their ledger,
-- which has them by another way. A cost that is mapped twice, or not at all, is off.
with said as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        max_by(
            cast(
                row(l.promotion_id, l.spend_region, l.incurred_on, l.currency, l.cost) as
                row(promotion_id varchar, region varchar, incurred_on date, currency varchar, cost decimal(38, 6))
            ),
            row(l.revision, l.content_hash)
        ) as newest
    from ${span.raw} s
    join mart.spend_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.cost_kind <> 'PROMOTION'
    group by
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)),
        l.company,
        l.origin_id
),
posted as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.promotion_id,
        l.region,
        l.effective_on,
        l.currency,
        l.cost
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.cost_class is not null
),
term as (
    select
        s.cut,
        if(s.promotion_id is null, 'spend_channels', 'spend_promotions') as check_id,
        s.company,
        s.promotion_id,
        s.region,
        s.incurred_on,
        s.currency,
        s.cost
    from (${mart.channel_spend}) s
    union all
    select n.cut, 'spend_channels', n.company, null, n.newest.region, n.newest.incurred_on, n.newest.currency, -n.newest.cost
    from said n
    where n.newest.promotion_id is null and n.newest.incurred_on <= n.as_of
    union all
    select p.cut, 'spend_promotions', p.company, p.promotion_id, p.region, p.effective_on, p.currency, -p.cost
    from posted p
    where p.effective_on <= p.as_of
),
finding as (
    select t.cut, t.check_id, abs(sum(t.cost)) as off_by
    from term t
    group by t.cut, t.check_id, t.company, t.promotion_id, t.region, t.incurred_on, t.currency
)
select
    m.cut,
    'attribution' as area,
    c.check_id,
    c.name,
    'EXP-5' as rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('spend_channels', 'spend of channels per region, day and currency: channel_spend against raw'),
    ('spend_promotions', 'spend of promotions per region, day and currency: channel_spend against their ledger')
) as c (check_id, name)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name
