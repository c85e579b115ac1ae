-- Grain: month end (the newest: the latest close) and region. The buckets sum to the outstanding (ARX-2).
{% set region = filter_values('region', remove_filter=True) %}
select
    cast(date_trunc('month', a.day) as timestamp(6)) as day,
    cast(a.not_due as double) as not_due,
    cast(a.overdue_1_30 as double) as overdue_1_30,
    cast(a.overdue_31_60 as double) as overdue_31_60,
    cast(a.overdue_61_90 as double) as overdue_61_90,
    cast(a.overdue_90 as double) as overdue_90
from (${mart.ageing_month}) a
where a.company in ${company} and a.currency in ${currency} {% if region %}and a.region in {{ region | where_in }}{% endif %}
