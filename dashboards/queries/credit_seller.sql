-- Grain: seller. The company's own line comes first, to compare with.
with seller as (
    select
        coalesce(s.staff_id, '') as staff_id,
        coalesce(s.seller, '${no_seller}') as seller,
        s.invoices,
        cast(s.billed as double) as billed,
        cast(s.open as double) as open,
        cast(s.overdue as double) as overdue,
        cast(s.fell_due as double) as fell_due,
        cast(s.paid_in_time as double) as paid_in_time,
        cast(s.billed_over_limit as double) as billed_over_limit,
        cast(s.billed_at_month_end as double) as billed_at_month_end
    from (${mart.seller_credit}) s
    where s.company in ${company} and s.currency in ${currency}
),
shown as (
    select 1 as part, s.* from seller s
    union all
    select
        0,
        '',
        '${c_all_sellers}',
        sum(s.invoices),
        sum(s.billed),
        sum(s.open),
        sum(s.overdue),
        sum(s.fell_due),
        sum(s.paid_in_time),
        sum(s.billed_over_limit),
        sum(s.billed_at_month_end)
    from seller s
    having count(*) > 0
)
select
    row_number() over (order by s.part, s.overdue desc, s.staff_id) as ord,
    s.seller,
    s.invoices,
    s.billed,
    s.overdue / nullif(s.open, 0) as overdue_share,
    s.paid_in_time / nullif(s.fell_due, 0) as in_time_share,
    s.billed_over_limit / nullif(s.billed, 0) as over_limit_share,
    s.billed_at_month_end / nullif(s.billed, 0) as month_end_share,
    s.overdue / nullif((select sum(t.overdue) from seller t), 0) as of_all_overdue
from shown s
