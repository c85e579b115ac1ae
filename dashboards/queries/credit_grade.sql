-- Grain: grade and ageing bucket of what its debtors owe, on the latest close of the cut.
with debtor as (
    select d.company, d.customer_id, d.grade
    from (${mart.debtor_credit}) d
    where d.company in ${company}
)
select
    if(d.grade = 'unrated' or d.grade is null, '${g_unrated}', d.grade) as grade,
    i.bucket_no,
    cast(sum(i.open) as double) as open
from (${mart.open_item}) i
left join debtor d on d.company = i.company and d.customer_id = i.customer_id
where i.company in ${company} and i.currency in ${currency}
group by 1, 2
