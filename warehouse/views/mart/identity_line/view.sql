select
    l.company,
    cast(null as varchar) as region,
    l.customer_id,
    l.survivor_id,
    l.members,
    l.epoch,
    l.cut
from ledger.identity l
