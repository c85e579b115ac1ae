-- Grain: one tile. Texts are made here, so a tile never does arithmetic. The checks have a chart of their own: they run once.
with record as (
    select
        coalesce(sum(a.read), 0) as read,
        coalesce(sum(a.accepted), 0) as accepted,
        coalesce(sum(a.duplicate), 0) as duplicate,
        coalesce(sum(a.superseded), 0) as superseded,
        coalesce(sum(a.rejected), 0) as rejected,
        coalesce(sum(abs(a.off_by)), 0) as off_by
    from (${mart.accounting}) a
),
total as (
    select r.*, h.age_seconds
    from record r
    join (${mart.page_head}) h on h.cut is not null
)
select x.*
from total t
cross join unnest(array[
    row(1, '${u_off}', format('%,d', t.off_by), '${u_records}', if(t.off_by = 0, '${u_balanced}', '${u_unbalanced}'), '', null, if(t.off_by = 0, 'good', 'bad')),
    row(2, '${u_age}', case when t.age_seconds < 120 then format('%d', t.age_seconds) when t.age_seconds < 7200 then format('%d', t.age_seconds / 60) when t.age_seconds < 172800 then format('%d', t.age_seconds / 3600) else format('%d', t.age_seconds / 86400) end, case when t.age_seconds < 120 then '${seconds}' when t.age_seconds < 7200 then '${minutes}' when t.age_seconds < 172800 then '${hours}' else '${days}' end, '${u_since}', '', null, 'note'),
    row(3, '${u_read}', format('%,d', t.read), '${u_records}', '${u_from_kafka}', '', null, 'note'),
    row(4, '${u_accepted_name}', format('%,d', t.accepted), '${u_records}', if(t.read = 0, '–', format('%.1f %%', 100e0 * t.accepted / nullif(t.read, 0))), '${u_of_read}', round(100e0 * t.accepted / nullif(t.read, 0)), 'note'),
    row(5, '${u_repeated}', format('%,d', t.duplicate + t.superseded), '${u_records}', format('${u_duplicates}', t.duplicate), format('${u_superseded}', t.superseded), null, 'note'),
    row(6, '${u_rejected}', format('%,d', t.rejected), '${u_records}', if(t.read = 0, '–', format('%.2f %%', 100e0 * t.rejected / nullif(t.read, 0))), '${u_of_read}', null, case when t.rejected = 0 then 'good' when t.rejected <= 0.01e0 * t.read then 'watch' else 'bad' end)
]) as x (ord, name, value, unit, left_note, right_note, bar, state)
