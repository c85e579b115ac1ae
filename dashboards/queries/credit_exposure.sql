-- Grain: debtor, the fifteen that have used most. Within, above and unused add up to the larger of exposure and limit.
with debtor as (
    select
        d.customer,
        cast(d.exposure as double) as exposure,
        cast(d.credit_limit as double) as credit_limit
    from (${mart.debtor_credit}) d
    where d.company in ${company} and d.exposure > 0
    order by d.exposure desc, d.customer_id
    limit 15
)
select
    d.customer,
    d.exposure,
    if(d.credit_limit is null, d.exposure, 0) as unlimited,
    least(d.exposure, coalesce(d.credit_limit, 0)) as within_limit,
    if(d.credit_limit is null, 0, greatest(d.exposure - d.credit_limit, 0)) as above_limit,
    greatest(coalesce(d.credit_limit, 0) - d.exposure, 0) as unused
from debtor d
