-- Grain: open alert, the largest six. An empty list says so; a cut that does not exist gives no row.
with alert as (
    select
        a.alert,
        a.customer,
        a.component,
        a.raised_on,
        a.days,
        a.currency,
        cast(a.exposure as double) as exposure,
        row_number() over (order by a.alert = 'NEAR_LIMIT', a.exposure desc, a.customer_id) as place,
        count(*) over () as alerts
    from (${mart.credit_alert}) a
    where a.is_open and a.company in ${company}
)
select
    a.place as ord,
    if(a.alert = 'NEAR_LIMIT', 'watch', 'bad') as state,
    a.customer || ': ' || case a.alert when 'OVER_LIMIT' then '${al_over}' when 'NEAR_LIMIT' then '${al_near}' when 'OVERDUE' then '${al_overdue}' else '${al_no_rate}' end
        || coalesce(' (' || coalesce(element_at(map(array['NOT_DUE', 'OVERDUE', 'SHIPPED_NOT_INVOICED', 'UNAPPLIED_CASH', 'FREE_CREDIT'], array['${ex_not_due}', '${ex_overdue}', '${ex_shipped}', '${ex_unapplied}', '${ex_free}']), a.component), a.component) || ')', '') as what,
    format('${al_since}', a.raised_on, a.days) || if(a.place = 6 and a.alerts > 6, format('${al_more}', a.alerts - 6), '') as detail,
    format('%,.1f ', a.exposure / ${money_div}e0) || '${money_prefix}' || coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), a.currency), a.currency) as money
from alert a
where a.place <= 6
union all
select 9, 'good', '${al_calm}', '', ''
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from alert)
