select
    e.company,
    cast(null as varchar) as region,
    e.invoice_issued.invoice_id as invoice_id,
    e.invoice_issued.contract_id as contract_id,
    e.invoice_issued.staff_id as staff_id,
    e.origin_id,
    e.revision,
    e.content_hash,
    e.epoch,
    e.cut
from raw.receivables e
where e.invoice_issued is not null
