-- Grain: one tile. Texts are made here, so a tile never does arithmetic.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% macro percent(x, of) %}if({{ of }} > 0, format('%.1f %%', 100e0 * {{ x }} / nullif({{ of }}, 0)), '–'){% endmacro %}
with journey as (
    select
        max(r.currency) as currency,
        count_if(r.converted) as conversions,
        count(*) as journeys,
        cast(sum(r.value) as double) as revenue,
        count_if(r.converted and r.length = 0) as untouched,
        cast(sum(if(r.length = 0, r.value, decimal '0.000000')) as double) as untouched_revenue,
        count_if(r.converted and r.length > 1) as assisted,
        avg(if(r.converted and r.length > 0, cast(r.length as double))) as length,
        approx_percentile(r.lag_days, 0.5e0) filter (where r.converted) as lag_days
    from (${mart.journey}) r
    where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }}
),
total as (
    select
        j.*,
        if(j.revenue < 1e7, ${money_div}e0, ${big_div}e0) as div,
        if(j.revenue < 1e7, '${money_prefix}', '${big_prefix}')
            || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), j.currency), j.currency, '') as unit_money
    from journey j
    where j.journeys > 0
)
select x.*
from total t
cross join unnest(array[
    row(1, '${at_conversions}', format('%,d', t.conversions), '', {{ percent('t.conversions', 't.journeys') }}, '${at_of_journeys}', cast(null as double), 'note'),
    row(2, '${at_revenue}', format('%,.1f', t.revenue / t.div), t.unit_money, '', '', null, 'note'),
    row(3, '${at_unattributed}', {{ percent('t.untouched_revenue', 't.revenue') }}, '', format('%,d', t.untouched), '${at_without_touch}', round(100e0 * t.untouched_revenue / nullif(t.revenue, 0)), if(t.untouched = 0, 'good', 'watch')),
    row(4, '${at_assisted}', {{ percent('t.assisted', 't.conversions') }}, '', format('%,d', t.assisted), '${at_more_than_one}', round(100e0 * t.assisted / nullif(t.conversions, 0)), 'note'),
    row(5, '${at_length}', if(t.length is null, '–', format('%.1f', t.length)), '${at_touches}', '', '', null, 'note'),
    row(6, '${at_lag}', if(t.lag_days is null, '–', format('%.1f', t.lag_days)), '${days}', '', '${at_median}', null, 'note')
]) as x (ord, name, value, unit, left_note, right_note, bar, state)
