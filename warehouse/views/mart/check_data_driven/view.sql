-- Conservation: whatever weights were solved, or none, what Markov and Shapley give to channels and campaigns is all there was to give, in
-- every region, month and month of the conversion. That the first touch gets all of it in turn, check_conversions asks.
with shared as (
    select d.cut, d.company, d.region, d.goal, d.month, d.converted_month, d.currency, d.model, d.credit, d.revenue
    from (${mart.attribution_data_driven}) d
    union all
    select r.cut, r.company, r.region, r.goal, r.month, r.converted_month, r.currency, m.model, -r.credit, -r.revenue
    from (${mart.attribution_rule_based}) r
    cross join (values ('markov'), ('shapley')) as m (model)
    where r.model = 'first'
),
finding as (
    select s.cut, abs(sum(s.credit)) + abs(sum(s.revenue)) as off_by
    from shared s
    group by s.cut, s.company, s.region, s.goal, s.month, s.converted_month, s.currency, s.model
)
select
    m.cut,
    'attribution' as area,
    'attribution_shared' as check_id,
    'credit and revenue that data-driven models share out: the whole' as name,
    'ATR-3' as rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
left join finding f on f.cut = m.cut
group by m.cut
