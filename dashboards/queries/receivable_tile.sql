-- Grain: one tile. Texts are made here, so a tile never does arithmetic.
{% set region = filter_values('region', remove_filter=True) %}
{% macro spark(a) %}coalesce(array_join(transform(sequence(1, cardinality({{ a }})), i -> format('%d,%d', cast(round(100e0 * (i - 1) / greatest(1, cardinality({{ a }}) - 1)) as integer), cast(round(20 - 18 * coalesce((element_at({{ a }}, i) - array_min({{ a }})) / nullif(array_max({{ a }}) - array_min({{ a }}), 0), 0.5e0)) as integer))), ' '), ''){% endmacro %}
{% macro money(x) %}format('%,.1f', {{ x }} / t.div){% endmacro %}
with item as (
    select
        i.currency,
        cast(sum(i.open) as double) as open,
        count(*) as items,
        cast(sum(i.overdue) as double) as overdue,
        count_if(i.days_overdue > 0) as items_overdue,
        cast(sum(if(i.days_overdue > 90, i.open, decimal '0.000000')) as double) as old,
        count(distinct i.customer_id) as debtors,
        count(distinct if(i.days_overdue > 0, i.customer_id)) as debtors_overdue
    from (${mart.open_item}) i
    where i.company in ${company} and i.currency in ${currency} {% if region %}and i.region in {{ region | where_in }}{% endif %}
    group by i.currency
),
month as (
    select a.day, cast(sum(a.outstanding) as double) as open, cast(sum(a.outstanding) - sum(a.not_due) as double) as overdue, cast(sum(a.overdue_90) as double) as old
    from (${mart.ageing_month}) a
    where a.company in ${company} and a.currency in ${currency} {% if region %}and a.region in {{ region | where_in }}{% endif %}
    group by a.day
),
trend as (
    select array_agg(m.open order by m.day) as open, array_agg(m.overdue order by m.day) as overdue, array_agg(m.old order by m.day) as old
    from month m
),
roll as (
    select
        cast(-sum(r.amount) filter (where r.step_no in (3, 4)) as double) as collected,
        cast(sum(r.amount) filter (where r.step_no = 2) as double) as billed,
        cast(-sum(r.amount) filter (where r.step_no = 3) as double) as arrears
    from (${mart.receivable_roll}) r
    where r.company in ${company} and r.currency in ${currency} {% if region %}and r.region in {{ region | where_in }}{% endif %}
),
total as (
    select
        i.*,
        t.open as open_by_month,
        t.overdue as overdue_by_month,
        t.old as old_by_month,
        coalesce(r.collected, 0) as collected,
        coalesce(r.billed, 0) as billed,
        coalesce(r.arrears, 0) as arrears,
        if(i.open < 1e7, ${money_div}e0, ${big_div}e0) as div,
        if(i.open < 1e7, '${money_prefix}', '${big_prefix}') || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), i.currency), i.currency) as unit_money
    from item i
    cross join trend t
    cross join roll r
)
select x.*
from total t
cross join unnest(array[
    row(1, '${r_open}', {{ money('t.open') }}, t.unit_money, format('${r_items}', t.items), format('${r_debtors}', t.debtors), null, {{ spark('t.open_by_month') }}, 'note'),
    row(2, '${r_overdue}', {{ money('t.overdue') }}, t.unit_money, format('%.1f %%', 100 * t.overdue / nullif(t.open, 0)), '${r_of_open}', round(100 * t.overdue / nullif(t.open, 0)), {{ spark('t.overdue_by_month') }}, case when t.overdue < 0.2e0 * t.open then 'good' when t.overdue <= 0.4e0 * t.open then 'watch' else 'bad' end),
    row(3, '${r_old}', {{ money('t.old') }}, t.unit_money, format('%.1f %%', 100 * t.old / nullif(t.open, 0)), '${r_of_open}', round(100 * t.old / nullif(t.open, 0)), {{ spark('t.old_by_month') }}, case when t.old < 0.02e0 * t.open then 'good' when t.old <= 0.1e0 * t.open then 'watch' else 'bad' end),
    row(4, '${r_late}', format('%d', t.debtors_overdue), '${r_late_unit}', format('%.1f %%', 100e0 * t.debtors_overdue / nullif(t.debtors, 0)), format('${r_of_debtors}', t.debtors), round(100e0 * t.debtors_overdue / nullif(t.debtors, 0)), '', case when t.debtors_overdue < 0.2e0 * t.debtors then 'good' when t.debtors_overdue <= 0.4e0 * t.debtors then 'watch' else 'bad' end),
    row(5, '${r_billed}', {{ money('t.billed') }}, t.unit_money, '${r_this_month}', '', null, '', 'note'),
    row(6, '${r_collected}', {{ money('t.collected') }}, t.unit_money, {{ money('t.arrears') }}, '${r_from_arrears}', null, '', 'note')
]) as x (ord, name, value, unit, left_note, right_note, bar, spark, state)
