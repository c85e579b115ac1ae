-- Grain: month. Coded sales, gross profit and cost of the chosen company.
select
    cast(t.month as timestamp(6)) as month,
    cast(t.sales as double) as sales,
    cast(t.gross_profit as double) as gross_profit,
    cast(t.cost as double) as cost
from (${mart.promotion_month}) t
where t.company in ${company} and t.currency in ${currency}
