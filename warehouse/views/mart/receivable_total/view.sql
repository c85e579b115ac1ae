with debtor as (
    select
        d.cut,
        d.as_of,
        d.company,
        d.currency,
        count_if(d.outstanding <> 0) as debtors,
        count_if(d.overdue <> 0) as debtors_overdue,
        sum(d.open_items) as open_items,
        max(d.days_overdue) as days_overdue,
        sum(d.outstanding) as outstanding,
        sum(d.overdue) as overdue,
        sum(d.overdue_90) as overdue_90,
        sum(d.unapplied_cash) as unapplied_cash,
        sum(d.free_credit) as free_credit,
        sum(d.net) as net
    from (${mart.debtor}) d
    group by d.cut, d.as_of, d.company, d.currency
),
month as (
    select
        a.cut,
        a.company,
        a.currency,
        a.day,
        sum(a.outstanding) as outstanding,
        sum(a.outstanding) - sum(a.not_due) as overdue,
        sum(a.overdue_90) as overdue_90
    from (${mart.ageing_month}) a
    group by a.cut, a.company, a.currency, a.day
),
trend as (
    select
        m.cut,
        m.company,
        m.currency,
        array_agg(m.day order by m.day) as days,
        array_agg(m.outstanding order by m.day) as outstanding_by_month,
        array_agg(m.overdue order by m.day) as overdue_by_month,
        array_agg(m.overdue_90 order by m.day) as overdue_90_by_month
    from month m
    group by m.cut, m.company, m.currency
)
select
    d.cut,
    d.as_of,
    d.company,
    d.currency,
    d.debtors,
    d.debtors_overdue,
    d.open_items,
    d.days_overdue,
    d.outstanding,
    d.overdue,
    d.overdue_90,
    d.unapplied_cash,
    d.free_credit,
    d.net,
    d.overdue / nullif(d.outstanding, decimal '0.000000') as overdue_share,
    t.days,
    t.outstanding_by_month,
    t.overdue_by_month,
    t.overdue_90_by_month
from debtor d
left join trend t on t.cut = d.cut and t.company = d.company and t.currency = d.currency
