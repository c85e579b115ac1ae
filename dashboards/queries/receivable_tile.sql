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
collection as (
    select
        c.month,
        cast(sum(c.fell_due) as double) as fell_due,
        cast(sum(c.paid_in_time) as double) as paid_in_time,
        cast(sum(c.outstanding) as double) * max(c.days_3_months) / nullif(cast(sum(c.billed_3_months) as double), 0) as dso
    from (${mart.collection_month}) c
    where c.company in ${company} and c.currency in ${currency} {% if region %}and c.region in {{ region | where_in }}{% endif %}
    group by c.month
),
collected as (
    select
        sum(c.fell_due) as fell_due,
        sum(c.paid_in_time) / nullif(sum(c.fell_due), 0) as in_time,
        array_agg(c.dso order by c.month) filter (where c.dso is not null) as dso,
        array_agg(c.paid_in_time / nullif(c.fell_due, 0) order by c.month) filter (where c.fell_due <> 0) as in_time_by_month
    from collection c
),
total as (
    select
        i.*,
        t.open as open_by_month,
        t.overdue as overdue_by_month,
        t.old as old_by_month,
        c.fell_due,
        c.in_time,
        coalesce(c.in_time_by_month, array[0e0]) as in_time_by_month,
        coalesce(c.dso, array[0e0]) as dso_by_month,
        element_at(c.dso, -1) as dso,
        element_at(c.dso, -2) as dso_before,
        if(i.open < 1e7, ${money_div}e0, ${big_div}e0) as div,
        if(i.open < 1e7, '${money_prefix}', '${big_prefix}') || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), i.currency), i.currency) as unit_money
    from item i
    cross join trend t
    cross join collected c
)
select x.*
from total t
cross join unnest(array[
    row(1, '${r_open}', {{ money('t.open') }}, t.unit_money, format('${r_items}', t.items), format('${r_debtors}', t.debtors), null, {{ spark('t.open_by_month') }}, 'note'),
    row(2, '${r_overdue}', {{ money('t.overdue') }}, t.unit_money, format('%.1f %%', 100 * t.overdue / nullif(t.open, 0)), '${r_of_open}', round(100 * t.overdue / nullif(t.open, 0)), {{ spark('t.overdue_by_month') }}, case when t.overdue < 0.2e0 * t.open then 'good' when t.overdue <= 0.4e0 * t.open then 'watch' else 'bad' end),
    row(3, '${r_old}', {{ money('t.old') }}, t.unit_money, format('%.1f %%', 100 * t.old / nullif(t.open, 0)), '${r_of_open}', round(100 * t.old / nullif(t.open, 0)), {{ spark('t.old_by_month') }}, case when t.old < 0.02e0 * t.open then 'good' when t.old <= 0.1e0 * t.open then 'watch' else 'bad' end),
    row(4, '${r_late}', format('%d', t.debtors_overdue), '${r_late_unit}', format('%.1f %%', 100e0 * t.debtors_overdue / nullif(t.debtors, 0)), format('${r_of_debtors}', t.debtors), round(100e0 * t.debtors_overdue / nullif(t.debtors, 0)), '', case when t.debtors_overdue < 0.2e0 * t.debtors then 'good' when t.debtors_overdue <= 0.4e0 * t.debtors then 'watch' else 'bad' end),
    row(5, '${r_dso}', if(t.dso is null, '–', format('%.0f', t.dso)), '${r_dso_unit}', if(t.dso_before is null, '–', format('%.0f', t.dso_before)), '${r_dso_before}', null, {{ spark('t.dso_by_month') }}, 'note'),
    row(6, '${r_in_time}', if(t.in_time is null, '–', format('%.1f', 100 * t.in_time)), '%', {{ money('t.fell_due') }}, '${r_in_time_due}', round(100 * t.in_time), {{ spark('t.in_time_by_month') }}, case when t.in_time is null then 'note' when t.in_time >= 0.95e0 then 'good' when t.in_time >= 0.8e0 then 'watch' else 'bad' end)
]) as x (ord, name, value, unit, left_note, right_note, bar, spark, state)
