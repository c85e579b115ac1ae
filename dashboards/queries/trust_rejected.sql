-- Grain: rejected record, the newest two hundred; without any, one row says so.
with record as (
    select
        r.rejected_cut,
        r.arrived_at,
        r.topic,
        r."partition" as partition_no,
        r."offset" as offset_no,
        r.reason,
        r.message,
        r.source_file,
        r.source_line,
        r.how_to_fix,
        r.fate
    from (${mart.rejected}) r
    order by r.rejected_cut desc, r.arrived_at desc
    limit 200
)
select
    format('%d', r.rejected_cut) as rejected_cut,
    r.arrived_at,
    format('%s-%d @ %d', r.topic, r.partition_no, r.offset_no) as place,
    r.reason,
    r.message,
    coalesce(r.source_file || ':' || coalesce(cast(r.source_line as varchar), '–'), '–') as source,
    coalesce(element_at(map(
        array['not_avro', 'unknown_schema_id', 'wrong_topic', 'missing_field', 'negative_amount', 'unknown_currency', 'far_future', 'merge_into_itself', 'merge_cycle', 'wrong_type', 'unknown_column', 'unreadable_file', 'record_too_large', 'invalid_value', 'row_rejected'],
        array['${fix_not_avro}', '${fix_unknown_schema_id}', '${fix_wrong_topic}', '${fix_missing_field}', '${fix_negative_amount}', '${fix_unknown_currency}', '${fix_far_future}', '${fix_merge_into_itself}', '${fix_merge_cycle}', '${fix_wrong_type}', '${fix_unknown_column}', '${fix_unreadable_file}', '${fix_record_too_large}', '${fix_invalid_value}', '${fix_row_rejected}']
    ), r.reason), r.how_to_fix) as fix,
    case r.fate when 'brought back' then '${f_brought}' when 'rejected again' then '${f_again}' when 'replay' then '${f_replay}' else '${f_waiting}' end as fate
from record r
union all
select '–', null, '–', '–', '${j_none}', '–', '–', '–'
from mart.cut c
where c.cut = ${cut} and not exists (select 1 from record)
