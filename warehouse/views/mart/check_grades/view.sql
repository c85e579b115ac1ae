-- Grades once more, from the rules' text and not from the fold (CRD-1..5): what fell due of an item is what was billed and not taken
-- back, what was paid of it before its due day ended was in time, and the grade follows from the two, arrears and findings.
with survivor as (
    select r.cut, r.company, r.customer_id, r.survivor_id
    from (${mart.raw_survivor}) r
),
policy as (
    select
        c.cut,
        transform_values(
            transform_keys(map_filter(c.policy, (name, value) -> name like 'credit.rates.%'), (name, value) -> substr(name, 14)),
            (currency, value) -> cast(value as decimal(18, 6))
        ) as rates,
        element_at(c.policy, 'credit.zone') as zone,
        cast(element_at(c.policy, 'credit.window_months') as integer) as window_months,
        c.policy,
        -- the steps from the best down, each with the least percentage; below the last one is the lowest grade
        array_sort(
            transform(
                map_entries(map_filter(c.policy, (name, value) -> name like 'credit.ladder.%')),
                step -> cast(row(-cast(step[2] as decimal(18, 6)), substr(step[1], 15)) as row(percent decimal(18, 6), grade varchar))
            )
        ) as ladder
    from mart.cut c
    where c.cut = ${cut}
),
version as (
    select
        s.cut,
        l.company,
        l.customer_id,
        l.fact,
        l.component,
        l.adverse,
        l.starts_on,
        row(l.occurred_at, l.source_sequence, l.event_id) as place,
        cast(at_timezone(l.occurred_at, p.zone) as date) as told_on,
        rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
    from ${span.raw} s
    join policy p on p.cut = s.cut
    join mart.raw_credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    where l.fact in ('ASSESSMENT', 'DISPUTE')
),
fact as (
    select
        v.cut,
        v.company,
        coalesce(r.survivor_id, v.customer_id) as customer_id,
        v.fact,
        v.component,
        v.adverse,
        v.starts_on,
        v.place,
        v.told_on
    from version v
    left join survivor r on r.cut = v.cut and r.company = v.company and r.customer_id = v.customer_id
    where v.standing = 1
),
line as (
    select
        s.cut,
        coalesce(element_at(s.business_days, l.company), date '0001-01-01') as closed_on,
        l.company,
        l.customer_id,
        l.entry,
        l.component,
        l.item_id,
        l.grade,
        l.currency,
        coalesce(l.amount, decimal '0.000000') as amount,
        l.signed_count,
        l.due_on
    from ${span.ledger} s
    join mart.credit_line l on l.cut > s.from_cut and l.cut <= s.to_cut
),
-- what fell due within the window, of debtors who dispute nothing: billed and not taken back; and paid before the due day ended
told as (
    select t.cut, t.company, t.event_id, max(t.occurred_at) as occurred_at
    from (
        select
            s.cut,
            l.company,
            l.event_id,
            l.occurred_at,
            rank() over (partition by s.cut, l.origin_id order by l.revision desc, l.content_hash desc) as standing
        from ${span.raw} s
        join mart.raw_receivable_line l on l.cut > s.from_cut and l.cut <= s.to_cut
    ) t
    where t.standing = 1
    group by t.cut, t.company, t.event_id
),
-- a line and its reversal cancel out before anything is asked of their sign
posting as (
    select
        s.cut,
        p.window_months,
        p.zone,
        coalesce(element_at(s.business_days, r.company), date '0001-01-01') as closed_on,
        r.company,
        r.customer_id,
        r.item_id,
        r.currency,
        r.due_on,
        r.document_id,
        r.entry in ('PAYMENT', 'APPLICATION', 'RELEASE') or r.entry = 'REVERSAL' and r.document_id <> r.item_id as pays,
        r.evidence_id,
        sum(r.amount) as amount
    from ${span.ledger} s
    join policy p on p.cut = s.cut
    join mart.receivable_line r on r.cut > s.from_cut and r.cut <= s.to_cut
    where r.account = 'RECEIVABLE'
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    having sum(r.amount) <> 0
),
-- what a document gave back after the due day is taken from what it paid before, and from nothing else
document as (
    select
        o.cut,
        o.company,
        o.customer_id,
        o.item_id,
        o.currency,
        o.due_on,
        sum(if(o.pays, decimal '0.000000', o.amount)) as billed,
        greatest(
            -sum(if(o.pays and (o.amount > 0 or cast(at_timezone(t.occurred_at, o.zone) as date) <= o.due_on), o.amount, decimal '0.000000')),
            decimal '0.000000'
        ) as paid
    from posting o
    left join told t on t.cut = o.cut and t.company = o.company and t.event_id = o.evidence_id
    where o.due_on <= o.closed_on and date_add('month', o.window_months, o.due_on) > o.closed_on
    group by o.cut, o.company, o.customer_id, o.item_id, o.currency, o.due_on, o.document_id
),
settled as (
    select
        d.cut,
        d.company,
        d.customer_id,
        d.item_id,
        d.currency,
        d.due_on,
        greatest(sum(d.billed), decimal '0.000000') as fell_due,
        sum(d.paid) as paid
    from document d
    group by d.cut, d.company, d.customer_id, d.item_id, d.currency, d.due_on
),
rated as (
    select o.cut, o.company, o.customer_id, sum(o.fell_due) as fell_due_off, sum(o.paid_in_time) as paid_in_time_off
    from (
        select
            d.cut,
            d.company,
            d.customer_id,
            d.item_id,
            d.currency,
            d.due_on,
            d.fell_due,
            least(d.paid, d.fell_due) as paid_in_time
        from settled d
        union all
        select
            l.cut,
            l.company,
            l.customer_id,
            l.item_id,
            l.currency,
            l.due_on,
            if(l.entry = 'FELL_DUE', -l.amount, decimal '0.000000'),
            if(l.entry = 'PAID_IN_TIME', -l.amount, decimal '0.000000')
        from line l
        join policy p on p.cut = l.cut
        where l.entry in ('FELL_DUE', 'PAID_IN_TIME')
            and date_add('month', p.window_months, l.due_on) > l.closed_on
    ) o
    where not exists (
        select 1
        from fact f
        where f.fact = 'DISPUTE' and f.cut = o.cut and f.company = o.company and f.customer_id = o.customer_id
    )
    group by o.cut, o.company, o.customer_id, o.item_id, o.currency, o.due_on
),
-- the grade that what was paid in time, what is overdue and what was found come to
debtor as (
    select
        l.cut,
        l.company,
        l.customer_id,
        p.ladder,
        sum(if(l.entry = 'FELL_DUE' and date_add('month', p.window_months, l.due_on) > l.closed_on, l.amount * element_at(p.rates, l.currency), decimal '0')) as fell_due,
        sum(if(l.entry = 'PAID_IN_TIME' and date_add('month', p.window_months, l.due_on) > l.closed_on, l.amount * element_at(p.rates, l.currency), decimal '0')) as paid_in_time,
        sum(if(l.entry = 'EXPOSURE' and l.component = 'OVERDUE', l.amount, decimal '0.000000')) > 0 as arrears
    from line l
    join policy p on p.cut = l.cut
    group by l.cut, l.company, l.customer_id, p.ladder
),
held_grade as (
    select g.cut, g.company, g.customer_id, array_join(array_agg(g.grade order by g.grade), ' ') as grade
    from (
        select l.cut, l.company, l.customer_id, l.grade, sum(l.signed_count) as held
        from line l
        where l.entry = 'GRADE'
        group by l.cut, l.company, l.customer_id, l.grade
    ) g
    where g.held > 0
    group by g.cut, g.company, g.customer_id
),
adverse as (
    select a.cut, a.company, a.customer_id, sum(if(a.adverse, coalesce(cast(element_at(p.policy, 'credit.notches.' || a.component) as integer), 0), 0)) as notches, bool_and(a.at_once) as at_once
    from (
        select
            f.cut,
            f.company,
            f.customer_id,
            f.component,
            max_by(f.adverse, f.place) as adverse,
            bool_and(f.starts_on <= f.told_on) as at_once
        from fact f
        where f.fact = 'ASSESSMENT'
        group by f.cut, f.company, f.customer_id, f.component
    ) a
    join policy p on p.cut = a.cut
    group by a.cut, a.company, a.customer_id
),
graded as (
    select
        d.cut,
        if(
            coalesce(h.grade, 'unrated') = if(
                d.fell_due = 0,
                'unrated',
                element_at(
                    transform(d.ladder, step -> step.grade) || array['D'],
                    least(
                        cardinality(d.ladder) + 1,
                        greatest(
                            1 + cardinality(filter(d.ladder, step -> d.paid_in_time * 100 < -step.percent * d.fell_due)),
                            if(d.arrears, 2, 1)
                        ) + coalesce(a.notches, 0)
                    )
                )
            ),
            0,
            1
        ) as off_by
    from debtor d
    left join held_grade h on h.cut = d.cut and h.company = d.company and h.customer_id = d.customer_id
    left join adverse a on a.cut = d.cut and a.company = d.company and a.customer_id = d.customer_id
    where coalesce(a.at_once, true)
),
finding as (
    select r.cut, 'credit_fell_due' as check_id, cast(abs(r.fell_due_off) as decimal(38, 6)) as off_by
    from rated r
    union all
    select r.cut, 'credit_paid_in_time', cast(abs(r.paid_in_time_off) as decimal(38, 6))
    from rated r
    union all
    select g.cut, 'credit_grades', cast(g.off_by as decimal(38, 6))
    from graded g
)
select
    m.cut,
    'credit' as area,
    c.check_id,
    c.name,
    c.rule_id,
    count(f.off_by) as compared,
    count_if(f.off_by <> 0) as off_count,
    cast(coalesce(sum(f.off_by), 0) as decimal(38, 6)) as off_by,
    coalesce(sum(f.off_by), 0) = 0 as balanced
from (select c.cut from mart.cut c where c.cut = ${cut}) m
cross join (values
    ('credit_fell_due', 'fell due per item: credit against receivables', 'CRD-2'),
    ('credit_paid_in_time', 'paid in time per item: credit against receivables', 'CRD-2'),
    ('credit_grades', 'grade per debtor: that of what was paid in time, arrears and findings', 'CRD-1')
) as c (check_id, name, rule_id)
left join finding f on f.cut = m.cut and f.check_id = c.check_id
group by m.cut, c.check_id, c.name, c.rule_id
