-- Grain: topic and partition. read = accepted + duplicate + superseded + rejected.
select
    a.topic,
    a."partition" as partition_no,
    a.next_offset,
    a.read,
    a.accepted,
    a.duplicate,
    a.superseded,
    a.rejected,
    a.off_by
from (${mart.accounting}) a
order by a.topic, a."partition"
