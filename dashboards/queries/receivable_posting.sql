-- Grain: one ledger line of an account, oldest first; lines of one evidence event sum to zero.
{% set customer = filter_values('customer_id', remove_filter=True) %}
select
    cast(p.effective_on as timestamp(6)) as effective_on,
    p.customer,
    element_at(map(array['INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'APPLICATION', 'REVERSAL', 'CANCELLATION', 'WRITE_OFF', 'ADJUSTMENT', 'RELEASE', 'REFUND'], array['${e_invoice}', '${e_credit_note}', '${e_payment}', '${e_application}', '${e_reversal}', '${e_cancellation}', '${e_write_off}', '${e_adjustment}', '${e_release}', '${e_refund}']), p.entry) as entry,
    element_at(map(array['RECEIVABLE', 'UNAPPLIED_CASH', 'FREE_CREDIT', 'CASH', 'BILLED', 'CREDITED', 'CANCELLED', 'WRITTEN_OFF', 'ADJUSTED'], array['${l_receivable}', '${l_unapplied}', '${l_free}', '${l_cash}', '${l_billed}', '${l_credited}', '${l_cancelled}', '${l_written_off}', '${l_adjusted}']), p.account) as account,
    p.document_id,
    p.item_id,
    coalesce(p.promotion_id, '–') as promotion_id,
    cast(p.amount as double) as amount,
    p.rule_id,
    p.evidence_id,
    format('%d', p.posted_cut) as posted_cut
from (${mart.receivable_posting}) p
where p.company in ${company} and p.currency in ${currency} and p.customer_id in {{ (customer or ['']) | where_in }}
order by p.effective_on desc, p.evidence_id, p.account
limit 500
