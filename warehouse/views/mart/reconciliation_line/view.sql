select
    r.cut,
    r.area,
    r.check_id,
    r.name,
    r.rule_id,
    r.compared,
    r.off_count,
    r.off_by,
    r.checked_at
from ops.reconciliation r
