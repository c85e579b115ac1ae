with finding as (
    select a.cut, a.area, a.check_id, a.name, a.rule_id, a.compared, a.off_count, a.off_by, a.balanced
    from (${mart.check_accounting}) a
    union all
    select i.cut, i.area, i.check_id, i.name, i.rule_id, i.compared, i.off_count, i.off_by, i.balanced
    from (${mart.check_identity}) i
    union all
    select d.cut, d.area, d.check_id, d.name, d.rule_id, d.compared, d.off_count, d.off_by, d.balanced
    from (${mart.check_double_entry}) d
    union all
    select r.cut, r.area, r.check_id, r.name, r.rule_id, r.compared, r.off_count, r.off_by, r.balanced
    from (${mart.check_receivables}) r
    union all
    select t.cut, t.area, t.check_id, t.name, t.rule_id, t.compared, t.off_count, t.off_by, t.balanced
    from (${mart.check_items}) t
    union all
    select p.cut, p.area, p.check_id, p.name, p.rule_id, p.compared, p.off_count, p.off_by, p.balanced
    from (${mart.check_promotions}) p
)
select
    f.cut,
    f.area,
    f.check_id,
    f.name,
    f.rule_id,
    f.compared,
    f.off_count,
    f.off_by,
    f.balanced
from finding f
