-- Grain: one tile. Texts are made here, so a tile never does arithmetic.
{% set goal = (filter_values('goal', remove_filter=True) + [''])[:1] %}
{% set model = (filter_values('model', remove_filter=True) + [''])[:1] %}
with campaign as (
    select
        r.channel,
        r.campaign,
        max(r.currency) as currency,
        max(r.money) as money,
        sum(r.costs) as costs,
        sum(r.spend) as spend,
        sum(r.conversions) as conversions,
        sum(r.revenue) as revenue,
        sum(r.costs_without_rate) as costs_without_rate,
        count_if(r.revenue_without_rate is not null) as revenues_without_rate
    from (${mart.channel_return}) r
    where r.company in ${company} and r.currency in ${currency} and r.goal in {{ goal | where_in }} and r.model in {{ model | where_in }}
    group by r.channel, r.campaign
),
judged as (
    select
        c.*,
        -- what is spent on no campaign is spent on the whole channel
        if(
            c.campaign is null,
            bool_or(c.conversions <> 0 or c.revenue <> 0) over (partition by c.channel),
            bool_or(c.conversions <> 0 or c.revenue <> 0) over (partition by c.campaign)
        ) as earns
    from campaign c
),
total as (
    select
        max(j.currency) as currency,
        max(j.money) as money,
        sum(j.costs) as costs,
        cast(sum(j.spend) as double) as spend,
        cast(sum(j.conversions) as double) as conversions,
        cast(sum(j.revenue) as double) as revenue,
        cast(sum(if(j.earns, decimal '0.000000', j.spend)) as double) as idle,
        sum(j.costs_without_rate) as costs_without_rate,
        sum(j.costs_without_rate) + sum(j.revenues_without_rate) as without_rate
    from judged j
    having count(*) > 0
),
ratio as (
    select
        t.*,
        if(t.spend > 0 and t.without_rate = 0 and (t.conversions <> 0 or t.revenue <> 0), t.revenue / nullif(t.spend, 0)) as roas,
        if(t.spend > 0 and t.costs_without_rate = 0 and t.conversions > 0, t.spend / nullif(t.conversions, 0)) as cpa,
        t.idle / nullif(t.spend, 0) as idle_share,
        coalesce(element_at(map(array['CNY', 'USD'], array['${cny}', '${usd}']), t.currency), t.currency) as unit,
        if(t.spend < 1e7, ${money_div}e0, ${big_div}e0) as spend_div,
        if(t.spend < 1e7, '${money_prefix}', '${big_prefix}') as spend_prefix,
        if(t.revenue < 1e7, ${money_div}e0, ${big_div}e0) as revenue_div,
        if(t.revenue < 1e7, '${money_prefix}', '${big_prefix}') as revenue_prefix
    from total t
)
select x.*
from ratio t
cross join unnest(array[
    row(1, '${cr_spend}', format('%,.1f', t.spend / t.spend_div), t.spend_prefix || t.unit, format('%,d', t.costs), if(case current_user ${restricted} else '' end = '', '${cr_costs}', '${cr_costs_yours}'), cast(null as double), 'note'),
    row(2, '${at_revenue}', format('%,.1f', t.revenue / t.revenue_div), t.revenue_prefix || t.unit, format('%,.1f', t.conversions), '${cr_conversions} ' || coalesce(element_at(map(array['CONTRACTED', 'BILLED', 'COLLECTED', 'SOLD', 'DEPOSITED'], array['${mo_contracted}', '${mo_billed}', '${mo_collected}', '${mo_sold}', '${mo_deposited}']), t.money), ''), null, 'note'),
    row(3, '${cr_roas}', if(t.roas is null, '–', format('%.2f', t.roas)), '${cr_roas_unit}', '', '', null, case when t.roas is null then 'note' when t.roas >= 1 then 'good' else 'bad' end),
    row(4, '${cr_cpa}', if(t.cpa is null, '–', format('%,.0f', t.cpa)), t.unit, '', '${cr_cpa_unit}', null, 'note'),
    row(5, '${cr_idle}', format('%,.1f', t.idle / t.spend_div), t.spend_prefix || t.unit, if(t.idle_share is null, '–', format('%.1f %%', 100 * t.idle_share)), '${cr_of_spend}', round(100 * t.idle_share), if(t.idle = 0, 'good', 'watch')),
    row(6, '${cr_rates}', format('%,d', t.without_rate), '${cr_amounts}', '', if(t.without_rate = 0, '${cr_all_rated}', '${cr_left_out}'), null, if(t.without_rate = 0, 'good', 'watch'))
]) as x (ord, name, value, unit, left_note, right_note, bar, state)
