-- Grain: open invoice on the latest close of the cut.
{% set region = filter_values('region', remove_filter=True) %}
{% set customer = filter_values('customer_id', remove_filter=True) %}
select
    i.invoice_id,
    i.customer,
    coalesce(i.region, '${no_region}') as region,
    cast(i.issued_on as timestamp(6)) as issued_on,
    cast(i.due_on as timestamp(6)) as due_on,
    greatest(0, i.days_overdue) as days_overdue,
    i.bucket_no,
    cast(i.billed as double) as billed,
    cast(i.credited as double) as credited,
    cast(i.collected as double) as collected,
    cast(i.given_up as double) as given_up,
    cast(i.open as double) as open,
    i.rule_id,
    i.evidence_id,
    format('%d', i.posted_cut) as posted_cut
from (${mart.open_item}) i
where i.company in ${company} and i.currency in ${currency} {% if region %}and i.region in {{ region | where_in }}{% endif %} {% if customer %}and i.customer_id in {{ customer | where_in }}{% endif %}
order by i.days_overdue desc, i.open desc
limit 1000
