-- Grain: step of a grade, newest first.
select
    cast(s.effective_on as timestamp(6)) as effective_on,
    s.customer,
    if(s.from_grade = 'unrated', '${g_unrated}', s.from_grade) || ' → ' || if(s.to_grade = 'unrated', '${g_unrated}', s.to_grade) as step,
    coalesce(
        element_at(
            map(
                array['COLLECTION_RATE', 'ARREARS', 'REPAY_ABILITY', 'DEBTS_TO_OTHERS', 'RIVAL_GOODS', 'RISKY_PROJECTS', 'OTHER'],
                array['${g_rate}', '${g_arrears}', '${g_ability}', '${g_debts}', '${g_rival}', '${g_risky}', '${g_other}']
            ),
            s.reason
        ),
        s.reason
    ) as reason,
    s.rule_id,
    s.evidence_id,
    format('%d', s.posted_cut) as posted_cut
from (${mart.grade_step}) s
where s.company in ${company}
order by s.effective_on desc, s.customer_id
limit 200
