-- Grain: published cut, the newest sixty up to the chosen one.
select
    l.published_at,
    format('%d', l.listed_cut) as listed_cut,
    coalesce(l.name, '–') as name,
    l.business_days,
    l.seconds_since_last,
    l.table_rows as posted_rows,
    if(l.checks is null, '–', format('%d / %d', l.checks_passed, l.checks)) as checks,
    l.records,
    coalesce(greatest(0, l.records - lag(l.records) over (order by l.ordinal)), l.records) as new_records,
    l.offsets,
    l.watermark,
    l.ordinal
from (${mart.cut_list}) l
order by l.ordinal desc
limit 60
