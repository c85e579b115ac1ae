-- Credit is the debtor's, not a region's: no line has one, so who sees one region sees none of it.
select
    l.company,
    cast(null as varchar) as region,
    l.customer_id,
    l.entry,
    l.component,
    l.item_id,
    l.grade,
    l.alert,
    l.step,
    l.since,
    l.currency,
    l.amount,
    l.signed_count,
    l.due_on,
    l.effective_on,
    l.rule_id,
    l.evidence_id,
    l.fold_version,
    l.policy_version,
    l.epoch,
    l.cut
from ledger.credit l
