with line as (
    select
        s.cut as as_of_cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.promotion_id,
        l.region,
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
        l.participants,
        l.rule_id,
        l.fold_version,
        l.policy_version,
        l.epoch,
        l.cut
    from ${span.ledger} s
    join mart.promotion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
)
select
    l.as_of_cut as cut,
    l.as_of,
    l.company,
    l.promotion_id,
    if(l.promotion_id is null, 'no promotion', coalesce(p.name, l.promotion_id)) as name,
    l.region,
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
    l.participants,
    l.rule_id,
    l.fold_version,
    l.policy_version,
    l.epoch,
    l.cut as posted_cut
from line l
left join (${mart.promotion}) p
    on p.cut = l.as_of_cut and p.company = l.company and p.promotion_id = l.promotion_id
where l.effective_on is null or l.effective_on <= l.as_of
