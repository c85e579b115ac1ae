select
    e.company,
    cast(null as varchar) as region,
    coalesce(
        e.visit_recorded.customer_id,
        e.call_recorded.customer_id,
        e.promotion_contact_made.customer_id,
        e.online_session_recorded.customer_id
    ) as customer_id,
    case
        when e.visit_recorded is not null then 'VISIT'
        when e.call_recorded is not null then 'CALL'
        when e.online_session_recorded is not null then 'ONLINE_SESSION'
        when e.promotion_contact_made.participated then 'PROMOTION_PARTICIPATION'
        else 'PROMOTION_CONTACT'
    end as touch_kind,
    coalesce(
        e.visit_recorded.channel,
        e.call_recorded.channel,
        e.promotion_contact_made.channel,
        e.online_session_recorded.channel,
        case
            when e.visit_recorded.visitor_kind = 'COMPETITOR_PEER' then 'competitor-peer'
            when e.visit_recorded.referrer_customer_id is not null then 'referral'
            when e.visit_recorded.relation_staff_id is not null then 'relative-friend'
            when e.visit_recorded.company_referred then 'company-introduced'
            when e.visit_recorded.method <> 'OTHER' then replace(lower(e.visit_recorded.method), '_', '-')
            when e.call_recorded.direction = 'INBOUND' then 'call-in'
            when e.call_recorded.direction = 'OUTBOUND' then 'call-out'
        end
    ) as recorded,
    e.online_session_recorded.utm_source as utm_source,
    e.online_session_recorded.utm_medium as utm_medium,
    coalesce(
        e.visit_recorded.promotion_id,
        e.call_recorded.promotion_id,
        e.promotion_contact_made.promotion_id,
        e.online_session_recorded.utm_campaign,
        e.online_session_recorded.promotion_id
    ) as campaign,
    e.call_recorded.purpose as purpose,
    e.call_recorded is null or e.call_recorded.result <> 'NOT_CONNECTED' as reached,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.contacts e
where e.visit_recorded is not null
    or e.call_recorded is not null
    or e.promotion_contact_made is not null
    or e.online_session_recorded is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    e.referral_recorded.customer_id as customer_id,
    'REFERRAL' as touch_kind,
    'referral' as recorded,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    cast(null as varchar) as campaign,
    cast(null as varchar) as purpose,
    true as reached,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.customers e
where e.referral_recorded is not null
union all
select
    e.company,
    cast(null as varchar) as region,
    e.conference_invitee_advanced.customer_id as customer_id,
    'CONFERENCE' as touch_kind,
    'conference' as recorded,
    cast(null as varchar) as utm_source,
    cast(null as varchar) as utm_medium,
    e.conference_invitee_advanced.conference_id as campaign,
    cast(null as varchar) as purpose,
    e.conference_invitee_advanced.step = 'ATTENDED' as reached,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.promotions e
where e.conference_invitee_advanced is not null
