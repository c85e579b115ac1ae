-- Values of the as-of control: closes, named cuts and the newest. The time leads, so that they sort; the number ends them, so that the page's SQL can take it.
select
    format('%s · %s%d', format_datetime(s.published_at, 'yyyy-MM-dd HH:mm'), if(s.named or not s.newest, s.reasons || ' · ', ''), s.cut) as as_of
from (${mart.selectable_cut}) s
