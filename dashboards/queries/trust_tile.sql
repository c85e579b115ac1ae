-- Grain: one tile. Texts are made here, so a tile never does arithmetic.
with total as (
    select t.*, cast(t.off_by as double) as off
    from (${mart.trust_total}) t
)
select x.*
from total t
cross join unnest(array[
    row(1, '${u_checks}', format('%d', t.checks_passed), format('${u_checks_unit}', t.checks), format('%.0f %%', 100e0 * t.checks_passed / nullif(t.checks, 0)), '${u_passed}', round(100e0 * t.checks_passed / nullif(t.checks, 0)), if(t.checks_passed = t.checks, 'good', 'bad')),
    row(2, '${u_off}', format('%,.2f', t.off), '${u_off_unit}', if(t.off = 0, '${u_balanced}', '${u_unbalanced}'), '', null, if(t.off = 0, 'good', 'bad')),
    row(3, '${u_age}', case when t.cut_age_seconds < 120 then format('%d', t.cut_age_seconds) when t.cut_age_seconds < 7200 then format('%d', t.cut_age_seconds / 60) when t.cut_age_seconds < 172800 then format('%d', t.cut_age_seconds / 3600) else format('%d', t.cut_age_seconds / 86400) end, case when t.cut_age_seconds < 120 then '${seconds}' when t.cut_age_seconds < 7200 then '${minutes}' when t.cut_age_seconds < 172800 then '${hours}' else '${days}' end, '${u_since}', '', null, 'note'),
    row(4, '${u_read}', format('%,d', t.read), '${u_records}', format('%,d', t.accepted), '${u_accepted}', round(100e0 * t.accepted / nullif(t.read, 0)), 'note'),
    row(5, '${u_rejected}', format('%,d', t.rejected), '${u_records}', coalesce(format('%.2f %%', 100e0 * t.rejected / nullif(t.read, 0)), '–'), '${u_of_read}', null, case when t.rejected = 0 then 'good' when t.rejected <= 0.01e0 * t.read then 'watch' else 'bad' end),
    row(6, '${u_repeated}', format('%,d', t.duplicate + t.superseded), '${u_records}', format('${u_duplicates}', t.duplicate), format('${u_superseded}', t.superseded), null, 'note')
]) as x (ord, name, value, unit, left_note, right_note, bar, state)
