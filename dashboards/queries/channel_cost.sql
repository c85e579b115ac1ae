-- Grain: channel, campaign, region, day and currency of a cost; the newest two hundred. Rates are those of the last day of its month.
select
    cast(s.incurred_on as timestamp(6)) as incurred_on,
    s.channel,
    coalesce(s.campaign, '–') as campaign,
    coalesce(s.region, '${no_region}') as region,
    cast(s.cost as double) as cost,
    s.currency,
    if(s.currency in ${currency}, '–', coalesce(cast(x.rate as varchar), '${cr_no_rate}')) as rate,
    coalesce(cast(x.valid_on as varchar), '–') as rate_on,
    cast(if(s.currency in ${currency}, s.cost, s.cost * x.rate) as double) as shown,
    s.rule_id,
    s.evidence_ids
from (${mart.channel_spend}) s
left join (${mart.exchange_rate}) x
    on x.company = s.company
    and x.base_currency = s.currency
    and x.quote_currency in ${currency}
    and x.valid_on <= least(last_day_of_month(s.incurred_on), s.as_of)
    and (x.valid_until is null or x.valid_until >= least(last_day_of_month(s.incurred_on), s.as_of))
where s.company in ${company}
order by s.incurred_on desc, s.cost desc, s.channel, s.evidence_ids
limit 200
