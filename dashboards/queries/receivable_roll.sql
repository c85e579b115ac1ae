-- Grain: step of the month's roll-forward (ARX-3). The steps sum to the closing balance, which the chart adds itself.
{% set region = filter_values('region', remove_filter=True) %}
select
    element_at(array['1 ${s_open}', '2 ${s_new}', '3 ${s_old}', '4 ${s_paid}', '5 ${s_credit}', '6 ${s_back}', '7 ${s_cancelled}', '8 ${s_given_up}', '8 ${s_given_up}'], r.step_no) as step,
    cast(r.amount as double) as amount
from (${mart.receivable_roll}) r
where not r.total and r.company in ${company} and r.currency in ${currency} {% if region %}and r.region in {{ region | where_in }}{% endif %}
