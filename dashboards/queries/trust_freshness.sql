-- Grain: company. The latest close that is in effect at the cut.
select
    f.company,
    format('%tF', f.closed_on) as closed_on,
    format_datetime(f.watermark, 'yyyy-MM-dd HH:mm') as watermark,
    format_datetime(f.published_at, 'yyyy-MM-dd HH:mm') as published,
    case when f.days_behind > 365 then 'note' when f.days_behind <= 1 then 'good' when f.days_behind <= 3 then 'watch' else 'bad' end as state,
    case when f.days_behind > 365 then '${f_history}' when f.days_behind <= 1 then '${f_current}' else format('${f_behind}', f.days_behind) end as note
from (${mart.freshness}) f
union all
select '${f_no_close}', '–', '–', '–', 'watch', '${f_no_close_note}'
from mart.cut c
where c.cut = ${cut} and (c.business_days is null or cardinality(c.business_days) = 0)
