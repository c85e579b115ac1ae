-- Grain: channel and what followed it, in journeys of all months and currencies.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
select
    if(t.from_channel = 'START', '${tr_start}', t.from_channel) as from_channel,
    case t.to_channel when 'CONVERSION' then '${tr_conversion}' when 'LOST' then '${tr_lost}' else t.to_channel end as to_channel,
    sum(t.transitions) as transitions,
    cast(sum(t.transitions) as double) / sum(sum(t.transitions)) over (partition by t.from_channel) as probability
from (${mart.path_transition}) t
where t.company in ${company} and t.goal in {{ goal | where_in }}
group by t.from_channel, t.to_channel
