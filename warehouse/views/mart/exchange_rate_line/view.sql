select
    e.company,
    e.exchange_rate_published.base_currency as base_currency,
    e.exchange_rate_published.quote_currency as quote_currency,
    e.exchange_rate_published.valid_on as valid_on,
    e.exchange_rate_published.rate_micros * decimal '0.000001' as rate,
    e.occurred_at,
    e.source_sequence,
    e.event_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.organisation e
where e.exchange_rate_published is not null
