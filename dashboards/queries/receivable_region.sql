-- Regions of the chosen company's invoices.
select distinct l.region as region
from mart.receivable_line l
where l.region is not null and l.company in ${company}
