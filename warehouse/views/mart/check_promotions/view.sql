-- What sales, costs and receipts say per address, against the ledger's lines at the same cut (PRM-10).
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
sale_version as (
    select
        s.cut,
        l.company,
        l.region,
        l.customer_id,
        l.promotion_id,
        l.currency,
        l.effective_on,
        l.settlement,
        l.units,
        l.sales,
        l.cost_of_goods,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_sale_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
cost_version as (
    select
        s.cut,
        l.company,
        l.region,
        l.promotion_id,
        l.cost_class,
        l.currency,
        l.effective_on,
        l.cost,
        l.planned_cost,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.raw_cost_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
policy as (
    select
        c.cut,
        coalesce(element_at(c.policy, 'promotions.sale_without_invoice_is_collected'), 'true') = 'true' as sale_is_collected
    from mart.cut c
    where c.cut = ${cut}
),
fact as (
    select
        v.cut,
        v.company,
        v.promotion_id,
        v.region,
        cast(null as varchar) as cost_class,
        v.currency,
        v.effective_on,
        sum(v.sales) as sales,
        sum(v.cost_of_goods) as cost_of_goods,
        sum(v.units) as units,
        count(*) as sale_lines,
        sum(if(v.settlement = 'AT_SALE' and p.sale_is_collected, v.sales, decimal '0.000000')) as collected,
        decimal '0.000000' as credited,
        decimal '0.000000' as cost,
        decimal '0.000000' as planned_cost,
        0 as participants
    from sale_version v
    join policy p on p.cut = v.cut
    where v.standing = 1
    group by v.cut, v.company, v.promotion_id, v.region, v.currency, v.effective_on
    union all
    select
        v.cut,
        v.company,
        v.promotion_id,
        null,
        null,
        '',
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        count(distinct coalesce(r.survivor_id, v.customer_id))
    from sale_version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1 and v.promotion_id is not null
    group by v.cut, v.company, v.promotion_id
    union all
    select
        v.cut,
        v.company,
        v.promotion_id,
        v.region,
        v.cost_class,
        v.currency,
        v.effective_on,
        0,
        0,
        0,
        0,
        0,
        0,
        v.cost,
        v.planned_cost,
        0
    from cost_version v
    where v.standing = 1
    union all
    select
        s.cut,
        l.company,
        l.promotion_id,
        l.region,
        null,
        l.currency,
        l.effective_on,
        0,
        0,
        0,
        0,
        if(l.entry in ('PAYMENT', 'APPLICATION', 'RELEASE', 'REVERSAL', 'REFUND'), -l.amount, 0),
        if(l.entry = 'CREDIT_NOTE', -l.amount, 0),
        0,
        0,
        0
    from ${span.ledger} s
    join mart.receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.account = 'RECEIVABLE' and l.entry not in ('INVOICE', 'CANCELLATION', 'WRITE_OFF', 'ADJUSTMENT')
    union all
    select
        s.cut,
        l.company,
        l.promotion_id,
        l.region,
        l.cost_class,
        l.currency,
        l.effective_on,
        -l.sales,
        -l.cost_of_goods,
        -l.units,
        -l.sale_lines,
        -l.collected,
        -l.credited,
        -l.cost,
        -l.planned_cost,
        -l.participants
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
address as (
    select
        f.cut,
        abs(sum(f.sales)) as sales,
        abs(sum(f.cost_of_goods)) as cost_of_goods,
        abs(sum(f.units)) as units,
        abs(sum(f.sale_lines)) as sale_lines,
        abs(sum(f.collected)) as collected,
        abs(sum(f.credited)) as credited,
        abs(sum(f.cost)) as cost,
        abs(sum(f.planned_cost)) as planned_cost,
        abs(sum(f.participants)) as participants
    from fact f
    group by f.cut, f.company, f.promotion_id, f.region, f.cost_class, f.currency, f.effective_on
),
finding as (
    select a.cut, c.check_id, c.off_by
    from address a
    cross join unnest(array[
        row('promotions_sales', cast(a.sales as decimal(38, 6))),
        row('promotions_cost_of_goods', cast(a.cost_of_goods as decimal(38, 6))),
        row('promotions_units', cast(a.units as decimal(38, 6))),
        row('promotions_sale_lines', cast(a.sale_lines as decimal(38, 6))),
        row('promotions_collected', cast(a.collected as decimal(38, 6))),
        row('promotions_credited', cast(a.credited as decimal(38, 6))),
        row('promotions_cost', cast(a.cost as decimal(38, 6))),
        row('promotions_planned_cost', cast(a.planned_cost as decimal(38, 6))),
        row('promotions_participants', cast(a.participants as decimal(38, 6)))
    ]) as c (check_id, off_by)
)
select
    m.cut,
    'promotions' as area,
    c.check_id,
    c.name,
    'PRM-10' as rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('promotions_sales', 'coded and other sales per address: ledger against raw'),
    ('promotions_cost_of_goods', 'cost of goods per address: ledger against raw'),
    ('promotions_units', 'units per address: ledger against raw'),
    ('promotions_sale_lines', 'sale lines per address: ledger against raw'),
    ('promotions_collected', 'collected per address: receipts in receivables and sales paid at once'),
    ('promotions_credited', 'credited per address: credit notes in receivables'),
    ('promotions_cost', 'cost per address: ledger against raw'),
    ('promotions_planned_cost', 'planned cost per address: ledger against raw'),
    ('promotions_participants', 'participants per promotion: ledger against raw')
) as c (check_id, name)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name
