-- Grain: debtor. The link opens the account page at the same cut.
{% set region = filter_values('region', remove_filter=True) %}
{% set as_of = (filter_values('as_of', remove_filter=True) + [''])[:1] %}
{% set company = (filter_values('company', remove_filter=True) + [''])[:1] %}
{% macro control(column, value) %}'NATIVE_FILTER-{{ column }}:' || replace('(extraFormData:(filters:!((col:{{ column }},op:IN,val:!(''#'')))),filterState:(label:''#'',value:!(''#'')),id:NATIVE_FILTER-{{ column }},ownState:())', '#', replace(replace({{ value }}, '!', '!!'), '''', '!'''){% endmacro %}
{% set name %}replace(replace(replace(d.customer, '&', '&amp;'), '<', '&lt;'), '"', '&quot;'){% endset %}
{% macro link(page, label) %}'<a href="/superset/dashboard/{{ page }}${slug}/?native_filters=' || url_encode('(' || {{ control('as_of', as_of | where_in) }}) || ',' || {{ control('company', company | where_in) }}) || ',' || {{ control('customer_id', 'd.customer_id') }}) || ')') || '">' || {{ label }} || '</a>'{% endmacro %}
with debtor as (
    select
        i.customer_id,
        i.customer,
        min(i.region) as region,
        count(*) as items,
        cast(sum(i.open) as double) as open,
        cast(sum(i.overdue) as double) as overdue,
        cast(sum(if(i.days_overdue > 90, i.open, decimal '0.000000')) as double) as old,
        greatest(0, max(i.days_overdue)) as days_overdue
    from (${mart.open_item}) i
    where i.company in ${company} and i.currency in ${currency} {% if region %}and i.region in {{ region | where_in }}{% endif %}
    group by i.customer_id, i.customer
)
select
    {{ link('account', name) }} as link,
    {{ link('statement', "'${c_statement}'") }} as statement,
    coalesce(d.region, '${no_region}') as region,
    d.items,
    d.open,
    d.overdue,
    d.old,
    d.days_overdue
from debtor d
order by d.overdue desc, d.open desc, d.customer_id
limit 20
