-- Grain: one tile, in the policy's own currency. Texts are made here, so a tile never does arithmetic.
{% macro percent(x, of) %}if({{ of }} > 0, format('%.1f %%', 100 * {{ x }} / nullif({{ of }}, 0)), '–'){% endmacro %}
{% macro money(x) %}format('%,.1f', {{ x }} / t.div){% endmacro %}
with total as (
    select
        d.currency,
        cast(sum(d.exposure) as double) as exposure,
        cast(sum(d.shipped_not_invoiced) as double) as shipped,
        cast(sum(if(d.credit_limit is not null, d.exposure, decimal '0.000000')) as double) as limited,
        cast(sum(d.credit_limit) as double) as credit_limit,
        cast(sum(d.over_limit) as double) as over_limit,
        count_if(d.over_limit > 0) as debtors_over,
        count(*) as debtors,
        cast(sum(d.unsecured) as double) as unsecured,
        cast(sum(d.fell_due) as double) as fell_due,
        cast(sum(d.paid_in_time) as double) as paid_in_time,
        sum(d.open_alerts) as open_alerts,
        sum(d.reviews_due) as reviews_due,
        if(sum(d.exposure) < 10000000, ${money_div}e0, ${big_div}e0) as div,
        if(sum(d.exposure) < 10000000, '${money_prefix}', '${big_prefix}')
            || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), d.currency), d.currency) as unit_money
    from (${mart.debtor_credit}) d
    where d.company in ${company}
    group by d.currency
)
select x.*
from total t
cross join unnest(array[
    row(1, '${q_exposure}', {{ money('t.exposure') }}, t.unit_money, {{ money('t.shipped') }}, '${q_of_it_shipped}', null, 'note'),
    row(2, '${q_used}', {{ percent('t.limited', 't.credit_limit') }}, '', if(t.credit_limit is null, '–', {{ money('t.credit_limit') }}), '${q_limits}', round(100 * t.limited / nullif(t.credit_limit, 0)), case when coalesce(t.credit_limit, 0) = 0 then 'note' when t.limited < 0.8e0 * t.credit_limit then 'good' when t.limited <= t.credit_limit then 'watch' else 'bad' end),
    row(3, '${q_over}', {{ money('t.over_limit') }}, t.unit_money, format('${r_debtors}', t.debtors_over), format('${r_of_debtors}', t.debtors), round(100e0 * t.debtors_over / nullif(t.debtors, 0)), if(t.debtors_over = 0, 'good', 'bad')),
    row(4, '${q_unsecured}', {{ money('t.unsecured') }}, t.unit_money, {{ percent('t.unsecured', 't.exposure') }}, '${q_of_exposure}', round(100 * t.unsecured / nullif(t.exposure, 0)), 'note'),
    row(5, '${q_in_time}', {{ percent('t.paid_in_time', 't.fell_due') }}, '', {{ money('t.fell_due') }}, '${q_fell_due}', round(100 * t.paid_in_time / nullif(t.fell_due, 0)), case when t.fell_due = 0 then 'note' when t.paid_in_time >= 0.95e0 * t.fell_due then 'good' when t.paid_in_time >= 0.8e0 * t.fell_due then 'watch' else 'bad' end),
    row(6, '${q_alerts}', format('%d', t.open_alerts), '', format('%d', t.reviews_due), '${q_reviews}', null, if(t.open_alerts = 0, 'good', 'watch'))
]) as x (ord, name, value, unit, left_note, right_note, bar, state)
