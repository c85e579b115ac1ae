-- Goals of the chosen company's conversions.
select distinct l.goal as goal
from mart.attribution_line l
where l.conversion_id is not null and l.company in ${company}
