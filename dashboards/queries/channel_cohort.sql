-- Grain: month of acquisition and channel, by the chosen goal and model; revenue up to an age. An age that was not lived is empty.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
with cohort as (
    select
        r.month,
        r.channel,
        max(r.spend) as spend,
        max(r.customers) as customers,
        max(r.cac) as cac,
        max(if(r.age = 0, r.cumulative)) as age_0,
        max(if(r.age = 1, r.cumulative)) as age_1,
        max(if(r.age = 2, r.cumulative)) as age_2,
        max(if(r.age = 3, r.cumulative)) as age_3,
        max(if(r.age = 6, r.cumulative)) as age_6,
        max_by(r.cumulative, r.age) as so_far,
        max(r.payback_age) as payback_age,
        max(r.maturity) as maturity,
        bool_or(r.spend_lacks_rate or r.revenue_lacks_rate) as lacks_rate
    from (${mart.channel_cohort}) r
    where r.company in ${company} and r.currency in ${currency} and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
    group by r.month, r.channel
)
select
    date_format(c.month, '%Y-%m') as month,
    c.channel,
    cast(c.spend as double) as spend,
    cast(c.customers as double) as customers,
    cast(c.cac as double) as cac,
    cast(c.age_0 as double) as age_0,
    cast(c.age_1 as double) as age_1,
    cast(c.age_2 as double) as age_2,
    cast(c.age_3 as double) as age_3,
    cast(c.age_6 as double) as age_6,
    cast(c.so_far as double) as so_far,
    case
        when c.payback_age is not null then format('%d', c.payback_age)
        when c.lacks_rate then '${cr_no_rate}'
        when c.spend = 0 then '–'
        else '${cr_not_yet}'
    end as payback,
    c.maturity
from cohort c
order by c.month desc, c.spend desc, c.channel
limit 200
