-- Grain: a line of the statement as it is printed, all of it text; the first one names the customer.
{% set customer = filter_values('customer_id', remove_filter=True) %}
{% macro money(x) %}format('%,.2f', {{ x }}){% endmacro %}
with line as (
    select
        s.place * 10 as part,
        s.effective_on,
        s.entry,
        coalesce(s.document_id, '') as document_id,
        s.company,
        s.customer,
        s.currency,
        s.as_of,
        cast(s.amount as double) as amount,
        cast(s.balance as double) as balance
    from (${mart.statement}) s
    where s.company in ${company} and s.currency in ${currency} and s.customer_id in {{ (customer or ['']) | where_in }}
    union all
    select 30 + i.bucket_no, null, null, '', '', '', '', null, 0, cast(sum(i.open) as double)
    from (${mart.open_item}) i
    where i.company in ${company} and i.currency in ${currency} and i.customer_id in {{ (customer or ['']) | where_in }}
    group by i.bucket_no
    -- what was paid or credited in advance; and what to do where there is nothing to show
    union all
    select v.part, null, null, '', '', '', '', null, 0, null
    from (values 40, 50) as v (part)
),
told as (
    select
        l.*,
        max(if(l.part = 20, l.balance)) over () as closing,
        coalesce(sum(if(l.part between 30 and 34, l.balance)) over (), 0) as aged
    from line l
)
select
    row_number() over (order by t.part, t.effective_on, t.document_id, t.entry) as ord,
    t.company,
    t.customer,
    t.currency,
    coalesce(format_datetime(t.as_of, 'yyyy-MM-dd'), '') as as_of,
    case when t.part in (0, 20) then 'total' when t.part between 30 and 40 then 'age' else 'moved' end as kind,
    coalesce(format_datetime(t.effective_on, 'yyyy-MM-dd'), '') as day,
    case t.part
        when 0 then '${t_opening}'
        when 10 then element_at(map(array['INVOICE', 'CREDIT_NOTE', 'PAYMENT', 'REVERSAL', 'CANCELLATION', 'WRITE_OFF', 'ADJUSTMENT', 'REFUND'], array['${e_invoice}', '${e_credit_note}', '${e_payment}', '${e_reversal}', '${e_cancellation}', '${e_write_off}', '${e_adjustment}', '${e_refund}']), t.entry)
        when 20 then '${t_closing}'
        when 40 then '${t_waiting}'
        when 50 then '${t_choose}'
        else element_at(array['${b0}', '${b1}', '${b2}', '${b3}', '${b4}'], t.part - 29)
    end as entry,
    t.document_id,
    if(t.part = 10 and t.amount > 0, {{ money('t.amount') }}, '') as charge,
    if(t.part = 10 and t.amount < 0, {{ money('-t.amount') }}, '') as payment,
    case when t.part = 40 then {{ money('t.closing - t.aged') }} when t.part = 50 then '' else {{ money('t.balance') }} end as balance
from told t
where t.part < 40 or t.part = 40 and abs(t.closing - t.aged) >= 0.005e0 or t.part = 50 and t.closing is null
