-- What was touched, by region, month and month of the conversion, is shared out over the channels by the weights of the month of the
-- conversion; so refunds go back in the ratio in which they were earned. A region is shared out by itself, so that it shows the same to
-- whoever sees it. What a channel gets is shared out over its campaigns there as the linear model did. Both in whole units of the
-- currency, credit in millionths, to the largest remainders, ties to the smaller name.
with line as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        l.converted_on,
        l.effective_on,
        l.currency,
        l.credit_first,
        l.credit_linear,
        l.revenue_first,
        l.revenue_linear
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.conversion_id is not null
),
-- every model adds up to the same, the first stands for all
part as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        date_trunc('month', l.effective_on) as month,
        date_trunc('month', l.converted_on) as converted_month,
        l.currency,
        cast(sum(l.credit_first) * 1000000 as decimal(38, 0)) as credit,
        cast(sum(l.revenue_first) * 1000000 as decimal(38, 0)) as revenue,
        abs(cast(sum(l.credit_linear) * 1000000 as decimal(38, 0))) as linear_credit,
        abs(cast(sum(l.revenue_linear) * 1000000 as decimal(38, 0))) as linear_revenue
    from line l
    where l.effective_on <= l.as_of
    group by
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.channel,
        l.campaign,
        date_trunc('month', l.effective_on),
        date_trunc('month', l.converted_on),
        l.currency
),
cell as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.region,
        p.goal,
        p.month,
        p.converted_month,
        p.currency,
        p.channel is not null as touched,
        sum(p.credit) as credit,
        sum(p.revenue) as revenue,
        array_agg(
            cast(
                row(p.channel, p.campaign, p.linear_credit, p.linear_revenue) as
                row(channel varchar, campaign varchar, credit decimal(38, 0), revenue decimal(38, 0))
            )
        ) as campaigns
    from part p
    group by p.cut, p.as_of, p.company, p.region, p.goal, p.month, p.converted_month, p.currency, p.channel is not null
),
weight as (
    select
        w.cut,
        w.company,
        w.goal,
        w.month,
        w.model,
        w.channel,
        cast(w.share * decimal '1000000000000000' as decimal(38, 0)) as weight
    from (${mart.channel_weight}) w
    where w.share > 0
),
-- where nothing was touched, or no weights are solved, nobody's weight is all there is
lot as (
    select
        c.cut,
        c.as_of,
        c.company,
        c.region,
        c.goal,
        c.month,
        c.converted_month,
        c.currency,
        c.touched,
        c.campaigns,
        m.model,
        w.channel,
        coalesce(w.weight, decimal '1000000000000000') as weight,
        e.measure,
        sign(e.micros) as sign,
        abs(e.micros) / e.unit as units,
        e.unit
    from (
        select
            d.cut,
            d.as_of,
            d.company,
            d.region,
            d.goal,
            d.month,
            d.converted_month,
            d.currency,
            d.touched,
            d.campaigns,
            d.credit,
            d.revenue,
            cast(
                element_at(
                    filter(
                        array[1000000, 100000, 10000, 1000, 100, 10, 1],
                        unit -> unit <= coalesce(u.minor_unit, 10000) and d.revenue % unit = 0
                    ),
                    1
                ) as decimal(38, 0)
            ) as unit
        from cell d
        left join mart.minor_unit_line u on u.currency = d.currency
    ) c
    cross join (values ('markov'), ('shapley')) as m (model)
    left join weight w
        on c.touched
        and w.cut = c.cut
        and w.company = c.company
        and w.goal = c.goal
        and w.month = c.converted_month
        and w.model = m.model
    cross join unnest(
        array['credit', 'revenue'],
        array[c.credit, c.revenue],
        array[decimal '1', c.unit]
    ) as e (measure, micros, unit)
    where e.micros <> 0
),
channel_part as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.month,
        l.converted_month,
        l.currency,
        l.touched,
        l.campaigns,
        l.model,
        l.channel,
        l.measure,
        l.sign,
        l.unit,
        (l.units * l.weight - l.units * l.weight % decimal '1000000000000000') / decimal '1000000000000000'
            + if(
                row_number() over (
                    partition by l.cut, l.company, l.region, l.goal, l.month, l.converted_month, l.currency, l.touched, l.model, l.measure
                    order by l.units * l.weight % decimal '1000000000000000' desc, l.channel
                ) <= l.units - sum((l.units * l.weight - l.units * l.weight % decimal '1000000000000000') / decimal '1000000000000000') over (
                    partition by l.cut, l.company, l.region, l.goal, l.month, l.converted_month, l.currency, l.touched, l.model, l.measure
                ),
                1,
                0
            ) as units
    from lot l
),
campaign_lot as (
    select
        p.cut,
        p.as_of,
        p.company,
        p.region,
        p.goal,
        p.month,
        p.converted_month,
        p.currency,
        p.touched,
        p.model,
        p.channel,
        p.measure,
        p.sign,
        p.unit,
        p.units,
        c.campaign,
        c.weight,
        sum(c.weight) over (
            partition by p.cut, p.company, p.region, p.goal, p.month, p.converted_month, p.currency, p.touched, p.model, p.measure, p.channel
        ) as total
    from channel_part p
    cross join unnest(
        if(
            any_match(p.campaigns, c -> c.channel = p.channel and if(p.measure = 'credit', c.credit, c.revenue) > 0),
            transform(
                filter(p.campaigns, c -> c.channel = p.channel and if(p.measure = 'credit', c.credit, c.revenue) > 0),
                c -> cast(row(c.campaign, if(p.measure = 'credit', c.credit, c.revenue)) as row(campaign varchar, weight decimal(38, 0)))
            ),
            -- a channel may earn where none of its touches was
            array[cast(row(null, 1) as row(campaign varchar, weight decimal(38, 0)))]
        )
    ) as c (campaign, weight)
    where p.units > 0
),
campaign_part as (
    select
        l.cut,
        l.as_of,
        l.company,
        l.region,
        l.goal,
        l.month,
        l.converted_month,
        l.currency,
        l.touched,
        l.model,
        l.channel,
        l.campaign,
        l.measure,
        l.sign * l.unit * (
            (l.units * l.weight - l.units * l.weight % l.total) / l.total
            + if(
                row_number() over (
                    partition by
                        l.cut, l.company, l.region, l.goal, l.month, l.converted_month, l.currency, l.touched, l.model, l.measure, l.channel
                    order by l.units * l.weight % l.total desc, l.campaign
                ) <= l.units - sum((l.units * l.weight - l.units * l.weight % l.total) / l.total) over (
                    partition by
                        l.cut, l.company, l.region, l.goal, l.month, l.converted_month, l.currency, l.touched, l.model, l.measure, l.channel
                ),
                1,
                0
            )
        ) as micros
    from campaign_lot l
)
select
    p.cut,
    p.as_of,
    p.company,
    p.region,
    p.goal,
    coalesce(p.channel, 'unattributed') as channel,
    p.channel is not null as attributed,
    p.campaign,
    p.month,
    p.converted_month,
    p.currency,
    p.model,
    cast(coalesce(sum(p.micros) filter (where p.measure = 'credit'), 0) * decimal '0.000001' as decimal(38, 6)) as credit,
    cast(coalesce(sum(p.micros) filter (where p.measure = 'revenue'), 0) * decimal '0.000001' as decimal(38, 6)) as revenue
from campaign_part p
group by
    p.cut,
    p.as_of,
    p.company,
    p.region,
    p.goal,
    p.channel,
    p.campaign,
    p.month,
    p.converted_month,
    p.currency,
    p.model
