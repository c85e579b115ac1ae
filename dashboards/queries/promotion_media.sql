-- Grain: bundle of media. The twelve that cost most.
select
    if(m.media = '', '${no_media}', m.media) as media,
    cast(m.cost as double) as cost,
    cast(m.sales as double) as sales,
    cast(m.gross_profit as double) as gross_profit
from (${mart.promotion_media}) m
where m.company in ${company} and m.currency in ${currency}
order by m.cost desc
limit 12
