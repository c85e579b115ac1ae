-- Grain: one tile. Texts are made here, so a tile never does arithmetic.
{% macro spark(a) %}coalesce(array_join(transform(sequence(1, cardinality({{ a }})), i -> format('%d,%d', cast(round(100e0 * (i - 1) / greatest(1, cardinality({{ a }}) - 1)) as integer), cast(round(20 - 18 * coalesce((cast(element_at({{ a }}, i) as double) - cast(array_min({{ a }}) as double)) / nullif(cast(array_max({{ a }}) as double) - cast(array_min({{ a }}) as double), 0), 0.5e0)) as integer))), ' '), ''){% endmacro %}
{% macro shown(form, x) %}if({{ x }} is null, '–', format('{{ form }}', {{ x }})){% endmacro %}
{% macro money(x) %}format('%,.1f', cast({{ x }} as double) / t.div){% endmacro %}
with total as (
    select
        t.*,
        cast(t.output_input as double) as ratio,
        cast(t.roi as double) as return_on_cost,
        cast(t.cost as double) / nullif(cast(t.planned_cost as double), 0) as of_plan,
        if(t.gross_profit > 0, cast(t.sales as double) / cast(t.gross_profit as double)) as break_even,
        cast(t.gross_profit as double) / nullif(cast(t.sales as double), 0) as margin,
        cast(t.collected as double) / nullif(cast(t.sales as double), 0) as collected_share,
        if(greatest(t.sales, t.cost) < 10000000, ${money_div}e0, ${big_div}e0) as div,
        if(greatest(t.sales, t.cost) < 10000000, '${money_prefix}', '${big_prefix}') || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), t.currency), t.currency) as unit_money
    from (${mart.promotion_total}) t
    where t.company in ${company} and t.currency in ${currency}
)
select x.*
from total t
cross join unnest(array[
    row(1, '${t_sales}', {{ money('t.sales') }}, t.unit_money, format('${t_sales_left}', t.promotions), '', null, {{ spark('t.sales_by_month') }}, 'note'),
    row(2, '${t_cost}', if(t.cost = 0, '–', {{ money('t.cost') }}), if(t.cost = 0, '', t.unit_money), if(t.cost = 0, '${t_no_cost}', if(t.of_plan is null, '${t_no_plan}', format('%.1f %%', 100 * t.of_plan))), if(t.of_plan is null, '', '${t_of_plan} ' || {{ money('t.planned_cost') }}), least(130, round(100 * t.of_plan)), {{ spark('t.cost_by_month') }}, case when t.of_plan is null then 'note' when t.of_plan <= 1 then 'good' when t.of_plan <= 1.05e0 then 'watch' else 'bad' end),
    row(3, '${t_profit}', {{ money('t.gross_profit') }}, t.unit_money, {{ shown('%.1f %%', '100 * t.margin') }}, '${t_of_sales}', null, {{ spark('t.gross_profit_by_month') }}, 'note'),
    row(4, '${t_ratio}', {{ shown('%.2f', 't.ratio') }}, '${t_ratio_unit}', {{ shown('%.1f %%', '100 * t.ratio / t.break_even') }}, if(t.break_even is null or t.ratio is null, '', format('${t_break_even}', t.break_even)), least(130, round(100 * t.ratio / t.break_even)), {{ spark('zip_with(t.sales_by_month, t.cost_by_month, (s, c) -> coalesce(cast(s as double) / nullif(cast(c as double), 0), 0))') }}, case when t.ratio is null then 'note' when t.break_even is null then 'bad' when t.ratio >= t.break_even then 'good' when t.ratio >= 0.9e0 * t.break_even then 'watch' else 'bad' end),
    row(5, '${t_roi}', {{ shown('%.1f', '100 * t.return_on_cost') }}, '%', format('%,.1f', (cast(t.gross_profit as double) - cast(t.cost as double)) / t.div), '${t_after_cost}', null, {{ spark('zip_with(t.gross_profit_by_month, t.cost_by_month, (p, c) -> cast(p - c as double))') }}, case when t.return_on_cost is null then 'note' when t.return_on_cost >= 0 then 'good' when t.return_on_cost >= -0.1e0 then 'watch' else 'bad' end),
    row(6, '${t_collected}', {{ money('t.collected') }}, t.unit_money, {{ shown('%.1f %%', '100 * t.collected_share') }}, '${t_of_coded}', least(130, round(100 * t.collected_share)), {{ spark('t.collected_by_month') }}, case when t.collected_share is null then 'note' when t.collected_share >= 0.9e0 then 'good' when t.collected_share >= 0.7e0 then 'watch' else 'bad' end)
]) as x (ord, name, value, unit, left_note, right_note, bar, spark, state)
