-- Values of the company control: what a company's conversions and costs are in. Everything is shown in the currency that is chosen.
select distinct l.company || ' · ' || l.currency as company
from mart.attribution_line l
where l.currency is not null
union
select distinct l.company || ' · ' || l.currency
from mart.spend_line l
