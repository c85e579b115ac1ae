-- Rows' rights are those of now: all versions of a cost are its region's as it stands, or a reader of the region it was moved away from
-- would go on seeing what it was before.
select
    c.company,
    last_value(c.spend_region) over (
        partition by c.origin_id
        order by c.revision, c.content_hash
        rows between unbounded preceding and unbounded following
    ) as region,
    c.cost_kind,
    c.recorded,
    c.campaign,
    c.promotion_id,
    c.spend_region,
    c.incurred_on,
    c.currency,
    c.cost,
    c.origin_id,
    c.revision,
    c.content_hash,
    c.epoch,
    c.cut
from (
    select
        e.company,
        case
            when e.channel_cost_incurred is not null then 'CHANNEL'
            when e.promotion_cost_incurred is not null then 'PROMOTION'
            when e.advertisement_published is not null then 'ADVERTISEMENT'
        end as cost_kind,
        coalesce(e.channel_cost_incurred.channel, e.advertisement_published.channel) as recorded,
        coalesce(
            e.channel_cost_incurred.campaign,
            e.promotion_cost_incurred.promotion_id,
            e.advertisement_published.advertisement_id
        ) as campaign,
        coalesce(e.promotion_cost_incurred.promotion_id, e.advertisement_published.promotion_id) as promotion_id,
        coalesce(
            e.channel_cost_incurred.region,
            e.promotion_cost_incurred.region,
            e.advertisement_published.region
        ) as spend_region,
        coalesce(
            e.channel_cost_incurred.incurred_on,
            e.promotion_cost_incurred.incurred_on,
            e.advertisement_published.published_on
        ) as incurred_on,
        coalesce(
            e.channel_cost_incurred.currency,
            e.promotion_cost_incurred.currency,
            e.advertisement_published.currency
        ) as currency,
        coalesce(
            e.channel_cost_incurred.amount_micros,
            e.promotion_cost_incurred.amount_micros,
            e.advertisement_published.cost_micros
        ) * decimal '0.000001' as cost,
        e.origin_id,
        e.revision,
        e.content_hash,
        e.epoch,
        e.cut
    from raw.promotions e
    where e.channel_cost_incurred is not null
        or e.promotion_cost_incurred is not null
        or e.advertisement_published is not null
) c
