-- Attribution once more, from the rule's text and not from the fold (ATR-1, ATR-3): a conversion looks back at the touches of its goal's
-- window, both ends included, in the order of time and event id. First and last take all; linear shares alike; position gives its
-- weights to the first, the last and those between, of two touches half each; time decay halves with every half-life before the last
-- touch. Credit and what is left of the value go in whole units to the largest remainders, the earlier touch first. A conversion
-- without touches is unattributed; one that is refunded in full or void gives nothing. What is no touch and happened at the very
-- beginning of a day is known by its day, and stands at that day's last millisecond. A touch under another channel than raw says is
-- off twice: where it stands, and where it should.
--
-- Powers of one half are floating point here and not in the fold, so decay may be off by one unit a line, of large values by a
-- ten-thousand-millionth of them besides; nothing else may.
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
named as (
    select
        c.cut,
        c.policy,
        transform(
            filter(map_keys(c.policy), key -> key like 'attribution.channels.%.kind'),
            key -> substr(key, 22, length(key) - 26)
        ) as channels,
        transform(
            filter(map_keys(c.policy), key -> key like 'attribution.goals.%.conversion'),
            key -> substr(key, 19, length(key) - 29)
        ) as goals
    from mart.cut c
    where c.cut = ${cut}
),
policy as (
    select
        n.cut,
        element_at(n.policy, 'attribution.default_channel') as default_channel,
        split(element_at(n.policy, 'attribution.call_purposes'), ', ') as call_purposes,
        filter(n.channels, name -> element_at(n.policy, 'attribution.channels.' || name || '.kind') = 'EXCLUDED') as excluded,
        multimap_from_entries(
            flatten(
                transform(
                    n.channels,
                    name -> transform(
                        filter(split(element_at(n.policy, 'attribution.channels.' || name || '.aliases'), ', '), alias -> alias <> '') || array[name],
                        alias -> cast(row(lower(trim(alias)), name) as row(alias varchar, name varchar))
                    )
                )
            )
        ) as aliases,
        multimap_from_entries(
            flatten(
                transform(
                    n.channels,
                    name -> transform(
                        filter(split(element_at(n.policy, 'attribution.channels.' || name || '.utm'), ', '), tags -> tags <> ''),
                        tags -> cast(row(lower(trim(tags)), name) as row(tags varchar, name varchar))
                    )
                )
            )
        ) as tags
    from named n
),
goal as (
    select
        n.cut,
        g.goal,
        element_at(n.policy, 'attribution.goals.' || g.goal || '.conversion') as kind,
        element_at(n.policy, 'attribution.goals.' || g.goal || '.first_only') = 'true' as first_only,
        element_at(n.policy, 'attribution.goals.' || g.goal || '.valued') = 'true' as valued,
        cast(element_at(n.policy, 'attribution.goals.' || g.goal || '.window_days') as integer) as window_days,
        cast(element_at(n.policy, 'attribution.goals.' || g.goal || '.half_life_days') as integer) as half_life_days,
        transform(
            split(element_at(n.policy, 'attribution.goals.' || g.goal || '.position_permille'), ', '),
            weight -> cast(weight as bigint)
        ) as position
    from named n
    cross join unnest(n.goals) as g (goal)
),
told as (
    select
        s.cut,
        l.company,
        l.customer_id,
        'TOUCH' as fact,
        cast(null as varchar) as kind,
        cast(null as varchar) as document_id,
        '' as currency,
        bigint '0' as micros,
        l.touch_kind,
        l.recorded,
        l.utm_source,
        l.utm_medium,
        l.purpose,
        l.reached,
        l.occurred_at,
        l.source_sequence,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.touch_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    union all
    select
        s.cut,
        l.company,
        l.customer_id,
        l.fact,
        l.kind,
        l.document_id,
        coalesce(l.currency, ''),
        cast(l.amount * 1000000 as bigint),
        null,
        null,
        null,
        null,
        null,
        null,
        if(
            date_trunc('day', at_timezone(l.occurred_at, element_at(n.policy, 'attribution.zone'))) = l.occurred_at,
            date_add('millisecond', -1, date_add('day', 1, at_timezone(l.occurred_at, element_at(n.policy, 'attribution.zone')))),
            l.occurred_at
        ),
        l.source_sequence,
        l.origin_id,
        l.revision,
        l.content_hash
    from ${span.raw} s
    join mart.raw_conversion_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    join named n on n.cut = s.cut
),
version as (
    select
        t.cut,
        t.company,
        t.customer_id,
        t.fact,
        t.kind,
        t.document_id,
        t.currency,
        t.micros,
        t.touch_kind,
        t.recorded,
        lower(trim(t.utm_source)) as utm_source,
        lower(trim(t.utm_medium)) as utm_medium,
        t.purpose,
        t.reached,
        t.occurred_at,
        t.origin_id,
        row(
            t.occurred_at,
            case t.fact when 'CHANGED' then 2 when 'REDUCED' then 3 when 'CANCELLED' then 4 else 1 end,
            t.source_sequence,
            t.origin_id
        ) as place,
        rank() over (partition by t.cut, t.origin_id order by t.revision desc, t.content_hash desc) as standing
    from told t
),
fact as (
    select
        v.cut,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.fact,
        v.kind,
        v.document_id,
        v.currency,
        v.micros,
        v.touch_kind,
        v.recorded,
        v.utm_source,
        v.utm_medium,
        v.purpose,
        v.occurred_at,
        v.origin_id,
        v.place
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1
        and v.customer_id is not null
        and (v.fact = 'TOUCH' and v.reached or v.fact <> 'TOUCH' and v.document_id is not null)
),
touch as (
    select t.cut, t.company, t.customer_id, t.touched_at, t.touch_id, t.channel
    from (
        select
            f.cut,
            f.company,
            f.customer_id,
            f.occurred_at as touched_at,
            f.origin_id as touch_id,
            p.excluded,
            coalesce(
                element_at(p.tags, coalesce(f.utm_source, '') || '/' || coalesce(f.utm_medium, ''))[1],
                element_at(p.tags, f.utm_source || '/*')[1],
                element_at(p.tags, '*/' || f.utm_medium)[1],
                element_at(p.aliases, lower(trim(f.recorded)))[1],
                p.default_channel
            ) as channel
        from fact f
        join policy p on p.cut = f.cut
        where f.fact = 'TOUCH' and (f.purpose is null or contains(p.call_purposes, f.purpose))
    ) t
    where not contains(t.excluded, t.channel)
),
document as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.kind,
        d.document_id,
        d.currency,
        d.made.at as converted_at,
        d.made = min(d.made) over (partition by d.cut, d.company, d.customer_id, d.kind) as is_first,
        d.cancelled or (d.reduced > 0 and d.reduced >= d.micros) as is_gone,
        d.micros - d.reduced as micros
    from (
        select
            f.cut,
            f.company,
            f.customer_id,
            f.kind,
            f.document_id,
            f.currency,
            cast(
                min(f.place) filter (where f.fact = 'MADE' and (f.cancelled is null or f.place < f.cancelled))
                as row(at timestamp(6) with time zone, rank integer, source_sequence bigint, event_id varchar)
            ) as made,
            -- parts add up, and a new value replaces what was there, once there is something
            reduce(
                array_agg(cast(row(f.fact, f.micros) as row(fact varchar, micros bigint)) order by f.place)
                    filter (where f.fact in ('MADE', 'CHANGED')),
                cast(null as bigint),
                (value, e) -> if(e.fact = 'MADE', coalesce(value, 0) + e.micros, if(value is null, null, e.micros)),
                value -> value
            ) as micros,
            coalesce(sum(f.micros) filter (where f.fact = 'REDUCED'), 0) as reduced,
            bool_or(f.cancelled is not null) as cancelled
        from (
            select
                f.cut,
                f.company,
                f.customer_id,
                f.fact,
                f.kind,
                f.document_id,
                f.currency,
                f.micros,
                f.place,
                -- a cancellation is for good; what it came before was never made
                min(if(f.fact = 'CANCELLED', f.place)) over (
                    partition by f.cut, f.company, f.customer_id, f.kind, f.document_id
                ) as cancelled
            from fact f
            where f.fact <> 'TOUCH'
        ) f
        group by f.cut, f.company, f.customer_id, f.kind, f.document_id, f.currency
    ) d
    where d.made is not null
),
conversion as (
    select
        d.cut,
        d.company,
        d.customer_id,
        g.goal,
        d.document_id,
        d.currency,
        d.converted_at,
        date_add('hour', -24 * g.window_days, d.converted_at) as looks_back_to,
        g.half_life_days,
        g.position,
        if(g.valued, d.micros, 0) as micros,
        coalesce(c.unit, 10000) as minor_unit
    from document d
    join goal g on g.cut = d.cut and g.kind = d.kind
    left join (values
        ('BIF', 1000000), ('CLP', 1000000), ('DJF', 1000000), ('GNF', 1000000), ('ISK', 1000000), ('JPY', 1000000), ('KMF', 1000000),
        ('KRW', 1000000), ('PYG', 1000000), ('RWF', 1000000), ('UGX', 1000000), ('UYI', 1000000), ('VND', 1000000), ('VUV', 1000000),
        ('XAF', 1000000), ('XOF', 1000000), ('XPF', 1000000),
        ('BHD', 1000), ('IQD', 1000), ('JOD', 1000), ('KWD', 1000), ('LYD', 1000), ('OMR', 1000), ('TND', 1000), ('CLF', 100), ('UYW', 100)
    ) as c (currency, unit) on c.currency = d.currency
    where not d.is_gone and (d.is_first or not g.first_only)
),
-- A journey without touches holds one that is none: the whole is unattributed.
journey as (
    select
        c.cut,
        c.company,
        c.customer_id,
        c.goal,
        c.document_id,
        c.currency,
        arbitrary(c.half_life_days) as half_life_days,
        arbitrary(c.position) as position,
        arbitrary(c.micros) as micros,
        arbitrary(
            element_at(
                filter(array[1000000, 100000, 10000, 1000, 100, 10, 1], unit -> unit <= c.minor_unit and c.micros % unit = 0),
                1
            )
        ) as unit,
        array_agg(t.touch_id order by t.touched_at, t.touch_id) as touches,
        array_agg(t.channel order by t.touched_at, t.touch_id) as channels,
        array_agg(to_unixtime(t.touched_at) order by t.touched_at, t.touch_id) as seconds
    from conversion c
    left join touch t
        on t.cut = c.cut
        and t.company = c.company
        and t.customer_id = c.customer_id
        and t.touched_at >= c.looks_back_to
        and t.touched_at <= c.converted_at
    group by c.cut, c.company, c.customer_id, c.goal, c.document_id, c.currency
),
weighed as (
    select
        j.cut,
        j.company,
        j.customer_id,
        j.goal,
        j.document_id,
        j.currency,
        j.micros,
        j.unit,
        j.touches,
        j.channels,
        array[
            repeat(bigint '1', cardinality(j.touches)),
            if(
                cardinality(j.touches) <= 2,
                repeat(bigint '1', cardinality(j.touches)),
                array[j.position[1] * (cardinality(j.touches) - 2)]
                || repeat(j.position[2], cardinality(j.touches) - 2)
                || array[j.position[3] * (cardinality(j.touches) - 2)]
            ),
            transform(
                j.seconds,
                second -> coalesce(
                    cast(round(pow(2e0, 40 - (element_at(j.seconds, -1) - second) / (86400e0 * j.half_life_days))) as bigint),
                    1
                )
            )
        ] as weights
    from journey j
),
-- per model first the credit, then the revenue, in whole units: each touch its part, and what is left to the largest remainders
shared as (
    select
        w.cut,
        w.company,
        w.customer_id,
        w.goal,
        w.document_id,
        w.currency,
        w.micros,
        w.unit,
        w.touches,
        w.channels,
        transform(
            transform(
                transform(
                    flatten(
                        transform(
                            w.weights,
                            weights -> transform(
                                array[bigint '1000000', w.micros / w.unit],
                                whole -> cast(
                                    row(whole, weights, reduce(weights, bigint '0', (total, weight) -> total + weight, total -> total)) as
                                    row(whole decimal(19, 0), weights array(decimal(19, 0)), total decimal(19, 0))
                                )
                            )
                        )
                    ),
                    s -> cast(
                        row(
                            s.whole,
                            transform(s.weights, weight -> (s.whole * weight - s.whole * weight % s.total) / s.total),
                            transform(s.weights, weight -> s.whole * weight % s.total)
                        ) as row(whole bigint, units array(bigint), remainders array(decimal(38, 0)))
                    )
                ),
                s -> cast(
                    row(s.whole - reduce(s.units, bigint '0', (total, unit) -> total + unit, total -> total), s.units, s.remainders) as
                    row(units_left bigint, units array(bigint), remainders array(decimal(38, 0)))
                )
            ),
            s -> if(
                s.units_left = 0,
                s.units,
                transform(
                    sequence(1, cardinality(s.units)),
                    n -> s.units[n] + if(
                        cardinality(
                            filter(
                                sequence(1, cardinality(s.units)),
                                o -> s.remainders[o] > s.remainders[n] or (s.remainders[o] = s.remainders[n] and o < n)
                            )
                        ) < s.units_left,
                        1,
                        0
                    )
                )
            )
        ) as parts
    from weighed w
),
term as (
    select
        s.cut,
        s.company,
        s.customer_id,
        s.goal,
        s.document_id,
        s.currency,
        t.touch_id,
        t.channel,
        s.unit,
        s.micros as value,
        array[
            if(t.n = 1, 1000000, 0),
            if(t.n = 1, s.micros, 0),
            if(t.n = cardinality(s.touches), 1000000, 0),
            if(t.n = cardinality(s.touches), s.micros, 0),
            t.linear_credit,
            t.linear_revenue * s.unit,
            t.position_credit,
            t.position_revenue * s.unit,
            t.decay_credit,
            t.decay_revenue * s.unit
        ] as micros
    from shared s
    cross join unnest(s.touches, s.channels, s.parts[1], s.parts[2], s.parts[3], s.parts[4], s.parts[5], s.parts[6])
        with ordinality as t (touch_id, channel, linear_credit, linear_revenue, position_credit, position_revenue, decay_credit, decay_revenue, n)
    union all
    select
        s.cut,
        l.company,
        l.customer_id,
        l.goal,
        l.conversion_id,
        coalesce(l.currency, ''),
        l.touch_id,
        l.channel,
        null,
        null,
        transform(
            array[
                l.credit_first, l.revenue_first, l.credit_last, l.revenue_last, l.credit_linear, l.revenue_linear,
                l.credit_position, l.revenue_position, l.credit_time_decay, l.revenue_time_decay
            ],
            amount -> cast(-amount * 1000000 as bigint)
        )
    from ${span.ledger} s
    join mart.attribution_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.conversion_id is not null
),
compared as (
    select
        f.cut,
        coalesce(max(f.unit + f.value / 10000000000), 0) as tolerance,
        array[
            abs(sum(f.micros[1])),
            abs(sum(f.micros[2])),
            abs(sum(f.micros[3])),
            abs(sum(f.micros[4])),
            abs(sum(f.micros[5])),
            abs(sum(f.micros[6])),
            abs(sum(f.micros[7])),
            abs(sum(f.micros[8])),
            abs(sum(f.micros[9])),
            abs(sum(f.micros[10]))
        ] as off_by
    from term f
    group by f.cut, f.company, f.customer_id, f.goal, f.document_id, f.currency, f.touch_id, f.channel
),
finding as (
    select c.cut, o.check_id, cast(o.off_by * decimal '0.000001' as decimal(38, 6)) as off_by
    from compared c
    cross join unnest(
        array['attribution_first', 'attribution_last', 'attribution_linear', 'attribution_position', 'attribution_time_decay'],
        array[
            c.off_by[1] + c.off_by[2],
            c.off_by[3] + c.off_by[4],
            c.off_by[5] + c.off_by[6],
            c.off_by[7] + c.off_by[8],
            if(c.off_by[9] > 1, c.off_by[9], 0) + if(c.off_by[10] > c.tolerance, c.off_by[10], 0)
        ]
    ) as o (check_id, off_by)
)
select
    m.cut,
    'attribution' as area,
    c.check_id,
    c.name,
    c.rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('attribution_first', 'credit and revenue of the first touch per conversion: ledger against raw', 'ATR-1'),
    ('attribution_last', 'credit and revenue of the last touch per conversion: ledger against raw', 'ATR-3'),
    ('attribution_linear', 'credit and revenue shared alike, per conversion and touch: ledger against raw', 'ATR-3'),
    ('attribution_position', 'credit and revenue by position, per conversion and touch: ledger against raw', 'ATR-3'),
    ('attribution_time_decay', 'credit and revenue by age, per conversion and touch: ledger against raw', 'ATR-3')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
