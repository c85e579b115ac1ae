with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.promotion_id,
        l.region,
        l.currency,
        l.effective_on,
        l.cost,
        l.sales,
        l.cost_of_goods,
        l.units,
        l.collected
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.promotion_id is not null and l.currency <> ''
),
-- one row per region, and one without a region that holds the cost to be spread
region as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.promotion_id,
        l.currency,
        l.region,
        sum(l.cost) as cost,
        sum(l.sales) as sales,
        sum(l.cost_of_goods) as cost_of_goods,
        sum(l.units) as units,
        sum(l.collected) as collected
    from line l
    where l.effective_on <= l.as_of
    group by l.cut, l.as_of, l.company, l.promotion_id, l.currency, l.region
),
basis as (
    select
        r.cut,
        r.as_of,
        r.company,
        r.promotion_id,
        r.currency,
        r.region,
        r.cost,
        r.sales,
        r.cost_of_goods,
        r.units,
        r.collected,
        coalesce(max(if(r.region is null, r.cost)) over promotion, decimal '0.000000') as unbound,
        coalesce(sum(if(r.region is not null, greatest(r.sales, decimal '0.000000'))) over promotion, decimal '0.000000') as coded_sales,
        coalesce(d.digits, 2) as minor_digits
    from region r
    left join (values
        ('BIF', 0), ('CLP', 0), ('DJF', 0), ('GNF', 0), ('ISK', 0), ('JPY', 0), ('KMF', 0), ('KRW', 0), ('PYG', 0), ('RWF', 0),
        ('UGX', 0), ('UYI', 0), ('VND', 0), ('VUV', 0), ('XAF', 0), ('XOF', 0), ('XPF', 0),
        ('BHD', 3), ('IQD', 3), ('JOD', 3), ('KWD', 3), ('LYD', 3), ('OMR', 3), ('TND', 3), ('CLF', 4), ('UYW', 4)
    ) d (currency, digits) on d.currency = r.currency
    window promotion as (partition by r.cut, r.company, r.promotion_id, r.currency)
),
-- the unit of the split is the finer of the currency's minor unit and the amount's own scale, in millionths
unit as (
    select
        b.cut,
        b.as_of,
        b.company,
        b.promotion_id,
        b.currency,
        b.region,
        b.cost,
        b.sales,
        b.cost_of_goods,
        b.units,
        b.collected,
        b.unbound,
        b.coded_sales,
        case
            when b.minor_digits <= 0 and b.unbound % decimal '1.000000' = 0 then decimal '1.000000'
            when b.minor_digits <= 1 and b.unbound % decimal '0.100000' = 0 then decimal '0.100000'
            when b.minor_digits <= 2 and b.unbound % decimal '0.010000' = 0 then decimal '0.010000'
            when b.minor_digits <= 3 and b.unbound % decimal '0.001000' = 0 then decimal '0.001000'
            when b.minor_digits <= 4 and b.unbound % decimal '0.000100' = 0 then decimal '0.000100'
            when b.minor_digits <= 5 and b.unbound % decimal '0.000010' = 0 then decimal '0.000010'
            else decimal '0.000001'
        end as unit
    from basis b
),
product as (
    select
        u.cut,
        u.as_of,
        u.company,
        u.promotion_id,
        u.currency,
        u.region,
        u.cost,
        u.sales,
        u.cost_of_goods,
        u.units,
        u.collected,
        u.unbound,
        u.coded_sales,
        u.unit,
        cast(u.unbound / u.unit as decimal(18, 0)) as whole,
        cast(u.coded_sales * 1000000 as decimal(19, 0)) as total,
        cast(u.unbound / u.unit as decimal(18, 0)) * cast(greatest(u.sales, 0) * 1000000 as decimal(19, 0)) as product
    from unit u
    where u.region is not null
),
quota as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.promotion_id,
        p.currency,
        p.region,
        p.cost,
        p.sales,
        p.cost_of_goods,
        p.units,
        p.collected,
        p.unit,
        p.whole,
        p.coded_sales,
        if(p.total = 0, 0, (p.product - p.product % p.total) / nullif(p.total, 0)) as floor_units,
        row_number() over (
            partition by p.cut, p.company, p.promotion_id, p.currency
            order by if(p.total = 0, 0, p.product % nullif(p.total, 0)) desc, p.region
        ) as place
    from product p
),
spread as (
    select
        q.cut,
        q.as_of,
        q.company,
        q.promotion_id,
        q.currency,
        q.region,
        q.cost as bound_cost,
        if(
            q.coded_sales = 0,
            decimal '0.000000',
            cast(
                (
                    q.floor_units
                    + if(q.place <= q.whole - sum(q.floor_units) over (partition by q.cut, q.company, q.promotion_id, q.currency), 1, 0)
                ) * q.unit as decimal(38, 6)
            )
        ) as spread_cost,
        q.sales,
        q.cost_of_goods,
        q.units,
        q.collected
    from quota q
    union all
    select
        b.cut,
        b.as_of,
        b.company,
        b.promotion_id,
        b.currency,
        b.region,
        -- without coded sales there is nothing to spread by: the cost stays without a region
        if(b.coded_sales = 0, b.cost, decimal '0.000000') as bound_cost,
        decimal '0.000000' as spread_cost,
        b.sales,
        b.cost_of_goods,
        b.units,
        b.collected
    from basis b
    where b.region is null
)
select
    s.cut,
    s.as_of,
    s.company,
    s.promotion_id,
    coalesce(p.name, s.promotion_id) as name,
    coalesce(p.media, '') as media,
    s.currency,
    s.region,
    s.bound_cost,
    s.spread_cost,
    s.bound_cost + s.spread_cost as cost,
    s.units,
    s.sales,
    s.cost_of_goods,
    s.sales - s.cost_of_goods as gross_profit,
    s.collected
from spread s
left join (${mart.promotion}) p
    on p.cut = s.cut and p.company = s.company and p.promotion_id = s.promotion_id
where s.region is not null or s.bound_cost <> 0 or s.sales <> 0 or s.cost_of_goods <> 0 or s.units <> 0 or s.collected <> 0
