-- Grain: check at the chosen cut, as kept when the cut was checked; one row without a check where it was not yet. Off by must
-- be 0.
select
    coalesce(case c.area when 'accounting' then '${c_area_accounting}' when 'identity' then '${c_area_identity}' when 'receivables' then '${c_area_receivables}' when 'credit' then '${c_area_credit}' when 'attribution' then '${c_area_attribution}' when 'promotions' then '${c_area_promotions}' else c.area end, '–') as area,
    coalesce(element_at(map(
        array['accounting_balance', 'accounting_offsets', 'raw_rows', 'raw_duplicates', 'raw_superseded', 'superseded_rows', 'rejected_rows', 'identity_survivors', 'double_entry', 'receivables_billed', 'receivables_credited', 'receivables_adjusted', 'receivables_cash', 'receivables_written_off', 'receivables_below_zero', 'items_open', 'items_unapplied', 'items_free_credit', 'shares_billed', 'shares_settled', 'shares_within', 'credit_open', 'credit_shipped', 'credit_limits', 'credit_collateral', 'credit_fell_due', 'credit_paid_in_time', 'credit_grades', 'credit_alerts', 'attribution_first', 'attribution_last', 'attribution_linear', 'attribution_position', 'attribution_time_decay', 'attribution_credit', 'attribution_revenue', 'attribution_shared', 'spend_channels', 'spend_promotions', 'promotions_sales', 'promotions_cost_of_goods', 'promotions_units', 'promotions_sale_lines', 'promotions_collected', 'promotions_credited', 'promotions_cost', 'promotions_planned_cost', 'promotions_participants'],
        array['${k_balance}', '${k_offsets}', '${k_raw_rows}', '${k_raw_duplicates}', '${k_raw_superseded}', '${k_superseded_rows}', '${k_rejected_rows}', '${k_identity}', '${k_double_entry}', '${k_billed}', '${k_credited}', '${k_adjusted}', '${k_cash}', '${k_written_off}', '${k_below_zero}', '${k_open_items}', '${k_unapplied}', '${k_free_credit}', '${k_shares_billed}', '${k_shares_settled}', '${k_shares_within}', '${k_credit_open}', '${k_credit_shipped}', '${k_credit_limits}', '${k_credit_collateral}', '${k_credit_fell_due}', '${k_credit_paid_in_time}', '${k_credit_grades}', '${k_credit_alerts}', '${k_attr_first}', '${k_attr_last}', '${k_attr_linear}', '${k_attr_position}', '${k_attr_time_decay}', '${k_attr_credit}', '${k_attr_revenue}', '${k_attr_shared}', '${k_spend_channels}', '${k_spend_promotions}', '${k_sales}', '${k_cost_of_goods}', '${k_units}', '${k_sale_lines}', '${k_collected}', '${k_p_credited}', '${k_cost}', '${k_planned}', '${k_participants}']
    ), c.check_id), c.name, '–') as name,
    coalesce(c.rule_id, '–') as rule_id,
    if(c.balanced is null, '–', format('%,d', c.compared)) as compared,
    if(c.balanced is null, '–', format('%,d', c.off_count)) as off_count,
    if(c.balanced is null, '–', format('%,.2f', cast(c.off_by as double))) as off_by,
    case when c.balanced is null then '${c_unchecked}' when c.balanced then '${c_ok}' else '${c_off}' end as result,
    case when c.balanced is null then 'watch' when c.balanced then 'good' else 'bad' end as state,
    case
        when c.balanced is null then '${v_unchecked}'
        else format(
            if(count_if(not c.balanced) over () = 0, '${v_all}', '${v_some}'),
            count_if(c.balanced) over (),
            count(*) over (),
            format_datetime(max(c.checked_at) over (), 'yyyy-MM-dd HH:mm')
        )
    end as verdict,
    case when c.balanced is null then 'watch' when count_if(not c.balanced) over () = 0 then 'good' else 'bad' end as verdict_state,
    row_number() over (order by c.balanced, c.area, c.check_id) as ord
from (${mart.page_head}) h
left join (${mart.reconciliation}) c on c.cut = h.cut
where h.cut is not null
order by c.balanced, c.area, c.check_id
