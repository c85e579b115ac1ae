select
    c.cut,
    c.ordinal,
    coalesce(c.ordinal = max(c.ordinal) over (), false) as newest,
    c.epoch,
    c.parent,
    c.mode,
    c.published_at,
    c.watermark,
    -- the last day on which anything can have happened, in the easternmost time zone
    cast(date_add('hour', 14, c.watermark at time zone 'UTC') as date) as last_day,
    c.business_days,
    c.offsets,
    c.row_counts,
    c.policy
from ops.cuts c
-- what a rebuild or a what-if publishes before it has read raw back is a part of the truth
where coalesce(c.complete, c.ordinal is not null)
