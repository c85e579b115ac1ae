-- The cost of a channel names the channel in the words of its source, mapped as touches are (LED-1). The cost of a promotion is that of
-- the channel by which most of its contacts came, since their touches earn its revenue; without contacts, of the channel of its media,
-- and of 'several' where they are of more than one, because nothing says how to share it out. What an advertisement of a promotion
-- cost is among the costs of the promotion; only one that stands alone counts by itself.
with policy as (
    select c.cut, c.policy, element_at(c.policy, 'attribution.default_channel') as default_channel
    from mart.cut c
    where c.cut = ${cut}
),
alias as (
    select p.cut, lower(trim(a.alias)) as alias, min(substr(n.name, 22, length(n.name) - 29)) as channel
    from policy p
    cross join unnest(p.policy) as n (name, value)
    cross join unnest(split(n.value, ', ') || array[substr(n.name, 22, length(n.name) - 29)]) as a (alias)
    where n.name like 'attribution.channels.%.aliases' and a.alias <> ''
    group by p.cut, lower(trim(a.alias))
),
told as (
    select
        s.cut,
        l.company,
        l.promotion_id,
        l.told_by,
        l.recorded,
        l.occurred_at,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.promotion_channel_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
heard as (
    select
        t.cut,
        t.company,
        t.promotion_id,
        t.told_by,
        coalesce(a.channel, p.default_channel) as channel,
        count(*) as times,
        array_join(array_sort(array_agg(distinct t.recorded) filter (where a.channel is null)), ', ') as unmapped
    from told t
    join policy p on p.cut = t.cut
    left join alias a on a.cut = t.cut and a.alias = lower(trim(t.recorded))
    where t.standing = 1
        and t.recorded is not null
        and (t.told_by = 'PLAN' or cast(at_timezone(t.occurred_at, element_at(p.policy, 'attribution.zone')) as date) <= t.as_of)
    group by t.cut, t.company, t.promotion_id, t.told_by, coalesce(a.channel, p.default_channel)
),
promotion as (
    select
        h.cut,
        h.company,
        h.promotion_id,
        min_by(h.channel, row(-h.times, h.channel)) filter (where h.told_by = 'CONTACT') as contacted,
        if(count_if(h.told_by = 'PLAN') > 1, 'several', max(h.channel) filter (where h.told_by = 'PLAN')) as planned,
        min_by(h.unmapped, h.told_by) filter (where h.unmapped <> '') as unmapped
    from heard h
    group by h.cut, h.company, h.promotion_id
),
version as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.cost_kind,
        l.recorded,
        l.campaign,
        l.promotion_id,
        l.spend_region,
        l.incurred_on,
        l.currency,
        l.cost,
        l.origin_id,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.spend_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
placed as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.spend_region as region,
        coalesce(if(v.cost_kind = 'PROMOTION', coalesce(q.contacted, q.planned), a.channel), p.default_channel) as channel,
        case
            when v.cost_kind <> 'PROMOTION' then if(a.channel is null, v.recorded)
            when coalesce(q.contacted, p.default_channel) = p.default_channel then q.unmapped
        end as unmapped,
        v.campaign,
        v.promotion_id,
        v.incurred_on,
        v.currency,
        v.cost,
        v.origin_id
    from version v
    join policy p on p.cut = v.cut
    left join alias a on a.cut = v.cut and a.alias = lower(trim(v.recorded))
    left join promotion q on q.cut = v.cut and q.company = v.company and q.promotion_id = v.promotion_id
    where v.standing = 1
        and v.incurred_on <= v.as_of
        and (v.cost_kind <> 'ADVERTISEMENT' or v.promotion_id is null)
)
select
    x.cut,
    x.as_of,
    x.company,
    x.region,
    x.channel,
    x.unmapped,
    x.campaign,
    x.promotion_id,
    x.incurred_on,
    x.currency,
    sum(x.cost) as cost,
    count(*) as costs,
    'EXP-5' as rule_id,
    array_join(array_sort(array_agg(x.origin_id)), ', ') as evidence_ids
from placed x
group by x.cut, x.as_of, x.company, x.region, x.channel, x.unmapped, x.campaign, x.promotion_id, x.incurred_on, x.currency
