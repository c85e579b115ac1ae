with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.promotion_id,
        l.cost_class,
        l.currency,
        l.effective_on,
        l.cost,
        l.planned_cost,
        l.sales,
        l.cost_of_goods,
        l.units,
        l.collected,
        l.credited,
        l.sale_lines,
        l.participants
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- a plan is known before it is true, and participants have no day: both count as known at the cut
measure as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.promotion_id,
        l.currency,
        l.cost_class,
        l.planned_cost,
        l.participants,
        if(l.effective_on <= l.as_of, l.cost, 0) as cost,
        if(l.effective_on <= l.as_of, l.sales, 0) as sales,
        if(l.effective_on <= l.as_of, l.cost_of_goods, 0) as cost_of_goods,
        if(l.effective_on <= l.as_of, l.units, 0) as units,
        if(l.effective_on <= l.as_of, l.collected, 0) as collected,
        if(l.effective_on <= l.as_of, l.credited, 0) as credited,
        if(l.effective_on <= l.as_of, l.sale_lines, 0) as sale_lines
    from line l
),
result as (
    select
        m.cut,
        m.as_of,
        m.company,
        m.promotion_id,
        m.currency,
        sum(m.cost) filter (where m.cost_class = 'MEDIA') as cost_media,
        sum(m.cost) filter (where m.cost_class = 'GOODS') as cost_goods,
        sum(m.cost) filter (where m.cost_class = 'DISCOUNT') as cost_discount,
        sum(m.cost) filter (where m.cost_class = 'FEE') as cost_fee,
        sum(m.cost) filter (where m.cost_class = 'STAFF') as cost_staff,
        sum(m.cost) filter (where m.cost_class = 'OTHER') as cost_other,
        sum(m.cost) as cost,
        sum(m.planned_cost) as planned_cost,
        sum(m.sales) as sales,
        sum(m.cost_of_goods) as cost_of_goods,
        sum(m.units) as units,
        sum(m.collected) as collected,
        sum(m.credited) as credited,
        sum(m.sale_lines) as sale_lines,
        -- participants are posted without a currency: each row of a promotion shows all of them
        sum(sum(m.participants)) over (partition by m.cut, m.company, m.promotion_id) as participants
    from measure m
    group by m.cut, m.as_of, m.company, m.promotion_id, m.currency
)
select
    r.cut,
    r.as_of,
    r.company,
    r.promotion_id,
    if(r.promotion_id is null, 'no promotion', coalesce(p.name, r.promotion_id)) as name,
    coalesce(p.media, '') as media,
    p.region,
    p.starts_on,
    p.ends_on,
    r.promotion_id is not null as coded,
    r.currency,
    coalesce(r.cost_media, decimal '0.000000') as cost_media,
    coalesce(r.cost_goods, decimal '0.000000') as cost_goods,
    coalesce(r.cost_discount, decimal '0.000000') as cost_discount,
    coalesce(r.cost_fee, decimal '0.000000') as cost_fee,
    coalesce(r.cost_staff, decimal '0.000000') as cost_staff,
    coalesce(r.cost_other, decimal '0.000000') as cost_other,
    r.cost,
    r.planned_cost,
    r.participants,
    r.sale_lines,
    r.units,
    r.sales,
    r.cost_of_goods,
    r.sales - r.cost_of_goods as gross_profit,
    r.collected,
    r.credited,
    r.sales / nullif(r.cost, decimal '0.000000') as output_input,
    (r.sales - r.cost_of_goods - r.cost) / nullif(r.cost, decimal '0.000000') as roi
from result r
left join (${mart.promotion}) p
    on p.cut = r.cut and p.company = r.company and p.promotion_id = r.promotion_id
where r.currency <> ''
