create table if not exists raw.contacts (
    topic varchar,
    "partition" integer,
    "offset" bigint,
    kafka_timestamp timestamp(6) with time zone,
    event_id varchar,
    origin_id varchar,
    event_type varchar,
    revision integer,
    content_hash varchar,
    occurred_at timestamp(6) with time zone,
    recorded_at timestamp(6) with time zone,
    company varchar,
    source varchar,
    source_sequence bigint,
    schema_id integer,
    payload varbinary,
    epoch bigint,
    cut bigint,
    promotion_contact_made row(contact_id varchar, customer_id varchar, promotion_id varchar, channel varchar, participated boolean, first_seen_through_it boolean),
    online_session_recorded row(session_id varchar, customer_id varchar, visitor_id varchar, ended_at timestamp(6) with time zone, channel varchar, utm_source varchar, utm_medium varchar, utm_campaign varchar, promotion_id varchar, page_count integer, enquired boolean, ordered boolean),
    call_recorded row(call_id varchar, customer_id varchar, phone_pseudonym varchar, direction varchar, purpose varchar, result varchar, answered_at timestamp(6) with time zone, ended_at timestamp(6) with time zone, queue_seconds integer, line_no integer, staff_id varchar, project_id varchar, promotion_id varchar, channel varchar, name_disclosed boolean, sampled boolean, resolved_at timestamp(6) with time zone, satisfaction_score integer),
    visit_recorded row(visit_id varchar, customer_id varchar, phone_pseudonym varchar, second_phone_pseudonym varchar, ended_at timestamp(6) with time zone, project_id varchar, site_id varchar, place varchar, staff_id varchar, role varchar, is_new boolean, registration_id varchar, registered_at timestamp(6) with time zone, submitted_at timestamp(6) with time zone, archived_at timestamp(6) with time zone, register_complete boolean, first_visit_asked boolean, other_site_asked boolean, first_visit_answer boolean, recalled_staff_id varchar, named_staff_id varchar, referrer_customer_id varchar, relation_staff_id varchar, company_referred boolean, visitor_kind varchar, owner_contacted_at timestamp(6) with time zone, owner_consented boolean, delegated_by varchar, arranged_by varchar, depth varchar, method varchar, purpose varchar, channel varchar, promotion_id varchar, check_in_geohash varchar, note_taken boolean, key_mark boolean, daily_report_at timestamp(6) with time zone),
    complaint_opened row(complaint_id varchar, customer_id varchar, reason varchar, about_staff_id varchar, promotion_id varchar, wants_change boolean, chosen_staff_id varchar, assigned_to varchar),
    complaint_resolved row(complaint_id varchar, first_contact_at timestamp(6) with time zone, solved boolean, satisfied boolean, resolved_by varchar),
    satisfaction_surveyed row(survey_id varchar, customer_id varchar, about_staff_id varchar, promotion_id varchar, answered boolean, score integer),
    business_day_closed row(zone varchar, closed_on date, "partition" varchar, partitions array(varchar))
)
with (
    format = 'PARQUET',
    format_version = 2
)
