select
    j.cut,
    j.as_of,
    j.company,
    j.goal,
    j.month,
    j.path,
    j.currency,
    count_if(j.converted) as conversions,
    count_if(not j.converted) as lost,
    sum(j.value) as value
from (${mart.journey}) j
group by j.cut, j.as_of, j.company, j.goal, j.month, j.path, j.currency
