-- One row: which cut the page shows, how old it is, and what to do where it shows none. Always returns a row.
with head as (
    select
        h.cut,
        h.state,
        h.cuts_behind,
        h.published_at,
        h.age_seconds,
        h.as_of,
        h.zone,
        (select max(format('%s · %s%d', format_datetime(s.published_at, 'yyyy-MM-dd HH:mm'), if(s.named or not s.newest, s.reasons || ' · ', ''), s.cut)) from (${mart.selectable_cut}) s where s.newest) as newest
    from (${mart.page_head}) h
)
select
    coalesce(cast(h.cut as varchar), '–') as cut,
    coalesce(format_datetime(h.published_at, 'yyyy-MM-dd HH:mm'), '–') as published,
    coalesce(h.as_of, '–') as days,
    case h.state when 'now' then 'now' when 'unknown' then 'bad' else 'past' end as state,
    case
        when h.state = 'unknown' and ${cut} = -1 then '${head_empty}'
        when h.state = 'unknown' then '${head_none}'
        when h.state = 'not live' then '${head_off}'
        when h.state = 'past' then format('${head_past}', h.cuts_behind)
        when h.age_seconds < 120 then format('${head_now_s}', h.age_seconds)
        when h.age_seconds < 7200 then format('${head_now_m}', h.age_seconds / 60)
        else format('${head_now_h}', h.age_seconds / 3600)
    end as note,
    if(h.state <> 'now' and h.newest is not null, '?native_filters=' || url_encode(
        '(NATIVE_FILTER-as_of:' || replace('(extraFormData:(filters:!((col:as_of,op:IN,val:!(''#'')))),filterState:(label:''#'',value:!(''#'')),id:NATIVE_FILTER-as_of,ownState:())', '#', h.newest) || ')'), '') as newest,
    {{ ((filter_values('company', remove_filter=True) + [''])[:1]) | where_in }} as company,
    case current_user ${restricted} else '' end as restricted
from head h
