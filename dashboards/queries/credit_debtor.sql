-- Grain: debtor, the fifty with the largest exposure. The link opens the account page at the same cut.
{% set as_of = (filter_values('as_of', remove_filter=True) + [''])[:1] %}
{% set company = (filter_values('company', remove_filter=True) + [''])[:1] %}
{% macro control(column, value) %}'NATIVE_FILTER-{{ column }}:' || replace('(extraFormData:(filters:!((col:{{ column }},op:IN,val:!(''#'')))),filterState:(label:''#'',value:!(''#'')),id:NATIVE_FILTER-{{ column }},ownState:())', '#', replace(replace({{ value }}, '!', '!!'), '''', '!'''){% endmacro %}
select
    '<a href="/superset/dashboard/account${slug}/?native_filters=' || url_encode('(' || {{ control('as_of', as_of | where_in) }}) || ',' || {{ control('company', company | where_in) }}) || ',' || {{ control('customer_id', 'd.customer_id') }}) || ')')
        || '">' || replace(replace(replace(d.customer, '&', '&amp;'), '<', '&lt;'), '"', '&quot;') || '</a>' as link,
    if(d.grade = 'unrated', '${g_unrated}', d.grade) as grade,
    cast(d.exposure as double) as exposure,
    cast(d.credit_limit as double) as credit_limit,
    cast(d.exposure as double) / nullif(cast(d.credit_limit as double), 0) as used,
    cast(d.over_limit as double) as over_limit,
    cast(d.overdue as double) as overdue,
    cast(d.shipped_not_invoiced as double) as shipped,
    cast(d.unsecured as double) as unsecured,
    d.collection_rate,
    d.open_alerts,
    cast(d.taken_while_overdue as double) as taken
from (${mart.debtor_credit}) d
where d.company in ${company}
order by d.exposure desc, d.customer_id
limit 50
