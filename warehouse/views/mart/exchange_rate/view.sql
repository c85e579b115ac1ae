-- A rate holds until the next one begins; of two for one day, the one that was told last.
with version as (
    select
        s.cut,
        least(coalesce(${as_of}, date '9999-12-31'), coalesce(element_at(s.business_days, l.company), s.last_day)) as as_of,
        l.company,
        l.base_currency,
        l.quote_currency,
        l.valid_on,
        l.rate,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        l.origin_id,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join mart.exchange_rate_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
rate as (
    select
        v.cut,
        v.as_of,
        v.company,
        v.base_currency,
        v.quote_currency,
        v.valid_on,
        max_by(v.rate, v.place) as rate,
        max_by(v.origin_id, v.place) as evidence_id
    from version v
    where v.standing = 1 and v.valid_on <= v.as_of
    group by v.cut, v.as_of, v.company, v.base_currency, v.quote_currency, v.valid_on
)
select
    r.cut,
    r.as_of,
    r.company,
    r.base_currency,
    r.quote_currency,
    r.valid_on,
    date_add('day', -1, lead(r.valid_on) over (
        partition by r.cut, r.company, r.base_currency, r.quote_currency
        order by r.valid_on
    )) as valid_until,
    r.rate,
    r.evidence_id
from rate r
