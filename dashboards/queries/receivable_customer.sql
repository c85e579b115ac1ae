-- Customers with lines in the receivables ledger; the account page shows one of them.
select distinct l.customer_id as customer_id
from mart.receivable_line l
where l.company in ${company}
