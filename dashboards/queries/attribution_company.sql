-- Values of the company control. A company with two currencies appears twice: amounts of two currencies are never added.
select distinct l.company || ' · ' || l.currency as company
from mart.attribution_line l
where l.currency is not null
