-- The value of the as-of control that stands for the newest cut; the view is the one the control's own dataset is rendered from.
select
    format('%s · %s%d', format_datetime(s.published_at, 'yyyy-MM-dd HH:mm'), if(s.named or not s.newest, s.reasons || ' · ', ''), s.cut) as as_of
from mart.selectable_cut s
where s.newest
