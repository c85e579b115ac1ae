-- Grain: channel. Every model shares out the same sum, so that all columns end in one total.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
select
    r.channel,
    r.attributed,
    cast(sum(if(r.model = 'first', r.revenue, decimal '0.000000')) as double) as first,
    cast(sum(if(r.model = 'last', r.revenue, decimal '0.000000')) as double) as last,
    cast(sum(if(r.model = 'last_non_direct', r.revenue, decimal '0.000000')) as double) as last_non_direct,
    cast(sum(if(r.model = 'first_paid', r.revenue, decimal '0.000000')) as double) as first_paid,
    cast(sum(if(r.model = 'last_paid', r.revenue, decimal '0.000000')) as double) as last_paid,
    cast(sum(if(r.model = 'linear', r.revenue, decimal '0.000000')) as double) as linear,
    cast(sum(if(r.model = 'position', r.revenue, decimal '0.000000')) as double) as position,
    cast(sum(if(r.model = 'time_decay', r.revenue, decimal '0.000000')) as double) as time_decay,
    cast(sum(if(r.model = 'w_shape', r.revenue, decimal '0.000000')) as double) as w_shape,
    cast(sum(if(r.model = 'markov', r.revenue, decimal '0.000000')) as double) as markov,
    cast(sum(if(r.model = 'shapley', r.revenue, decimal '0.000000')) as double) as shapley
from (${mart.attribution_result}) r
where r.company in ${company} and (r.currency in ${currency} or r.currency is null) and r.goal in {{ goal | where_in }}
group by r.channel, r.attributed
