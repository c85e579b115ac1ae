-- The data-driven models look at everybody, and what a channel earned is nobody's touch. As a lens on one conversion, it is shared out
-- over its touches by the weights of their channels, in whole units to the largest remainders, the earlier touch first. Where none of
-- them has a weight, it is unattributed.
with touch as (
    select
        t.cut,
        t.as_of,
        t.company,
        t.region,
        t.customer_id,
        t.goal,
        t.conversion_id,
        t.converted_at,
        t.converted_on,
        t.touch_id,
        t.touched_at,
        t.touch_kind,
        t.channel,
        t.campaign,
        t.currency,
        t.rule_id,
        t.evidence_ids,
        cast(
            sum(t.credit_first) over (partition by t.cut, t.company, t.customer_id, t.goal, t.conversion_id, t.currency) * 1000000
            as decimal(38, 0)
        ) as credit,
        cast(
            sum(t.revenue_first) over (partition by t.cut, t.company, t.customer_id, t.goal, t.conversion_id, t.currency) * 1000000
            as decimal(38, 0)
        ) as revenue,
        row_number() over (
            partition by t.cut, t.company, t.customer_id, t.goal, t.conversion_id, t.currency
            order by t.touched_at, t.touch_id
        ) as place
    from (${mart.conversion_touch}) t
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
weighed as (
    select
        t.cut,
        t.as_of,
        t.company,
        t.region,
        t.customer_id,
        t.goal,
        t.conversion_id,
        t.converted_at,
        t.converted_on,
        t.touch_id,
        t.touched_at,
        t.touch_kind,
        t.channel,
        t.campaign,
        t.currency,
        t.rule_id,
        t.evidence_ids,
        t.credit,
        t.revenue,
        t.place,
        m.model,
        -- nobody earns all there is of a conversion without touches
        if(t.touch_id is null, decimal '1', coalesce(w.weight, 0)) as weight,
        sum(if(t.touch_id is null, decimal '1', coalesce(w.weight, 0))) over (
            partition by t.cut, t.company, t.customer_id, t.goal, t.conversion_id, t.currency, m.model
        ) as total
    from touch t
    cross join (values ('markov'), ('shapley')) as m (model)
    left join weight w
        on w.cut = t.cut
        and w.company = t.company
        and w.goal = t.goal
        and w.month = date_trunc('month', t.converted_on)
        and w.channel = t.channel
        and w.model = m.model
),
-- nor is there anybody else where no channel has a weight: a row more, with all
lot as (
    select
        w.cut,
        w.as_of,
        w.company,
        w.region,
        w.customer_id,
        w.goal,
        w.conversion_id,
        w.converted_at,
        w.converted_on,
        if(n.touched, w.touch_id) as touch_id,
        if(n.touched, w.touched_at) as touched_at,
        if(n.touched, w.touch_kind, 'UNATTRIBUTED') as touch_kind,
        if(n.touched, w.channel, 'unattributed') as channel,
        if(n.touched, w.campaign) as campaign,
        w.currency,
        w.rule_id,
        w.evidence_ids,
        w.place,
        w.model,
        if(n.touched, w.weight, decimal '1') as weight,
        if(w.total = 0, decimal '1', w.total) as total,
        w.credit,
        w.revenue / u.unit as revenue,
        u.unit
    from weighed w
    left join mart.minor_unit_line c on c.currency = w.currency
    cross join unnest(if(w.total = 0 and w.place = 1, array[true, false], array[true])) as n (touched)
    cross join unnest(
        array[
            element_at(
                filter(
                    array[1000000, 100000, 10000, 1000, 100, 10, 1],
                    unit -> unit <= coalesce(c.minor_unit, 10000) and w.revenue % unit = 0
                ),
                1
            )
        ]
    ) as u (unit)
)
select
    l.cut,
    l.as_of,
    l.company,
    l.region,
    l.customer_id,
    l.goal,
    l.conversion_id,
    l.converted_at,
    l.converted_on,
    l.touch_id,
    l.touched_at,
    l.touch_kind,
    l.channel,
    l.campaign,
    l.currency,
    l.model,
    cast(
        (
            (l.credit * l.weight - l.credit * l.weight % l.total) / l.total
            + if(
                row_number() over (
                    partition by l.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency, l.model
                    order by l.credit * l.weight % l.total desc, l.place
                ) <= l.credit - sum((l.credit * l.weight - l.credit * l.weight % l.total) / l.total) over (
                    partition by l.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency, l.model
                ),
                1,
                0
            )
        ) * decimal '0.000001' as decimal(38, 6)
    ) as credit,
    cast(
        (
            (l.revenue * l.weight - l.revenue * l.weight % l.total) / l.total
            + if(
                row_number() over (
                    partition by l.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency, l.model
                    order by l.revenue * l.weight % l.total desc, l.place
                ) <= l.revenue - sum((l.revenue * l.weight - l.revenue * l.weight % l.total) / l.total) over (
                    partition by l.cut, l.company, l.customer_id, l.goal, l.conversion_id, l.currency, l.model
                ),
                1,
                0
            )
        ) * l.unit * decimal '0.000001' as decimal(38, 6)
    ) as revenue,
    l.rule_id,
    l.evidence_ids
from lot l
