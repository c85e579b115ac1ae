-- Grain: one credit line of a customer, newest first.
{% set customer = filter_values('customer_id', remove_filter=True) %}
select
    cast(p.effective_on as timestamp(6)) as effective_on,
    element_at(
        map(
            array['EXPOSURE', 'LIMIT', 'COLLATERAL', 'FELL_DUE', 'PAID_IN_TIME', 'GRADE', 'ALERT', 'REVIEW', 'LEVERAGE'],
            array['${q_exposure}', '${c_limit}', '${en_collateral}', '${q_fell_due}', '${q_in_time}', '${c_grade}', '${en_alert}', '${en_review}', '${c_taken}']
        ),
        p.entry
    ) as entry,
    array_join(
        filter(
            array[
                if(p.entry = 'GRADE' and p.grade = 'unrated', '${g_unrated}', p.grade),
                case p.alert when 'OVER_LIMIT' then '${al_over}' when 'NEAR_LIMIT' then '${al_near}' when 'OVERDUE' then '${al_overdue}' when 'NO_RATE' then '${al_no_rate}' end,
                case p.step when 'RAISED' then '${st_raised}' when 'CLEARED' then '${st_cleared}' when 'DUE' then '${st_due}' when 'DONE' then '${st_done}' end,
                coalesce(
                    element_at(
                        map(
                            array['NOT_DUE', 'OVERDUE', 'SHIPPED_NOT_INVOICED', 'UNAPPLIED_CASH', 'FREE_CREDIT', 'COLLECTION_RATE', 'ARREARS', 'REPAY_ABILITY', 'DEBTS_TO_OTHERS', 'RIVAL_GOODS', 'RISKY_PROJECTS', 'OTHER'],
                            array['${ex_not_due}', '${ex_overdue}', '${ex_shipped}', '${ex_unapplied}', '${ex_free}', '${g_rate}', '${g_arrears}', '${g_ability}', '${g_debts}', '${g_rival}', '${g_risky}', '${g_other}']
                        ),
                        p.component
                    ),
                    p.component
                )
            ],
            part -> part is not null
        ),
        ', '
    ) as what,
    coalesce(p.item_id, '–') as item_id,
    cast(p.amount as double) as amount,
    p.signed_count,
    p.rule_id,
    p.evidence_id,
    format('%d', p.posted_cut) as posted_cut
from (${mart.credit_posting}) p
where p.company in ${company} and p.customer_id in {{ (customer or ['']) | where_in }}
order by p.effective_on desc, p.evidence_id, p.entry
limit 500
