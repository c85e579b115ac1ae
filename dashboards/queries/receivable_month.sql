-- Grain: month. Targets are those of whole months: the company's, or those of the regions asked for; of the running month the part
-- that has passed.
{% set region = filter_values('region', remove_filter=True) %}
with month as (
    select
        m.month,
        cast(day(max(m.day)) as double) / day(last_day_of_month(m.month)) as passed,
        cast(sum(m.billed) as double) as billed,
        cast(sum(m.fell_due) as double) as fell_due,
        cast(sum(m.paid_in_time) as double) as paid_in_time,
        cast(sum(m.collected) as double) as collected,
        cast(sum(m.money_in) as double) as money_in,
        cast(sum(m.outstanding) as double) * max(m.days_3_months) / nullif(cast(sum(m.billed_3_months) as double), 0) as dso
    from (${mart.collection_month}) m
    where m.company in ${company} and m.currency in ${currency} {% if region %}and m.region in {{ region | where_in }}{% endif %}
    group by m.month
),
target as (
    select
        t.starts_on as month,
        cast(sum(t.value) filter (where t.metric = 'COLLECTION') as double) as collection,
        cast(sum(t.value) filter (where t.metric = 'CASH_INFLOW') as double) as money_in
    from (${mart.target_in_force}) t
    where t.company in ${company} and t.currency in ${currency} and day(t.starts_on) = 1 and t.ends_on = last_day_of_month(t.starts_on)
        and {% if region %}t.region in {{ region | where_in }}{% else %}t.whole{% endif %}
    group by t.starts_on
)
select
    date_format(m.month, '%Y-%m') as month,
    m.billed,
    m.fell_due,
    m.paid_in_time,
    m.paid_in_time / nullif(m.fell_due, 0) as in_time_share,
    m.collected,
    m.passed * t.collection as target,
    m.collected / nullif(m.passed * t.collection, 0) as attained,
    {% if region %}cast(null as double){% else %}m.money_in{% endif %} as money_in,
    {% if region %}cast(null as double){% else %}m.passed * t.money_in{% endif %} as planned,
    m.dso
from month m
left join target t on t.month = m.month
