"""Mutations of the live database: what somebody typed into psql."""

import psycopg

from mutations.catalogue import breaks_live


@breaks_live("R0201", "docker")
def a_rogue_schema(database: psycopg.Connection) -> None:
    database.execute("create schema docker; create table docker.containers()")


@breaks_live("R0502", "finance")
def a_proposed_schema_that_is_live(database: psycopg.Connection) -> None:
    database.execute("create schema finance")


@breaks_live("R0701", "qilife.dreams", "core.people_backup", "core.readers")
def relations_that_nobody_registered(database: psycopg.Connection) -> None:
    database.execute("create table qilife.dreams (id uuid primary key)")
    database.execute("create table core.people_backup as select * from core.people")
    database.execute("create materialized view core.readers as select 1 as one")


@breaks_live(
    *("R0701", "core.counted()", "core.mood", "core.mail", "core.numbers", "core.citext"),
    "core.german",
)
def functions_types_and_sequences_that_no_build_made(database: psycopg.Connection) -> None:
    database.execute("create function core.counted() returns int language sql as 'select 1'")
    database.execute("create type core.mood as enum ('good')")
    database.execute("create domain core.mail as text")
    database.execute("create sequence core.numbers")
    database.execute("create extension citext schema core")
    database.execute('create collation core.german from "C"')
    # Of one session, and gone with it.
    database.execute("create temp table here (id uuid)")
    database.execute("create function pg_temp.f() returns int language sql as 'select 1'")


@breaks_live("R0702", "core.tags", "core.notes")
def tables_renamed_or_moved(database: psycopg.Connection) -> None:
    """Told once, by the names that they have lost."""
    database.execute("alter table core.tags rename to labels")
    database.execute("alter table core.notes set schema qilife")


@breaks_live("R0702", "core.entities")
def a_table_that_keys_and_views_lead_to_is_dropped(database: psycopg.Connection) -> None:
    database.execute("drop table core.entities cascade")


@breaks_live("R0702", "qilife.care_logs", "qilife.routines")
def tables_dropped_or_replaced_by_a_view(database: psycopg.Connection) -> None:
    (columns,) = database.execute(
        "select string_agg(format('null::%s as %I', format_type(atttypid, -1), attname), ', ')"
        "from pg_attribute where attrelid = 'qilife.care_logs'::regclass and attnum > 0"
    ).fetchone()
    database.execute("drop table qilife.care_logs, qilife.routines")
    database.execute(f"create view qilife.care_logs as select {columns}")


@breaks_live("R0703", "core.tags.stray")
def a_stray_column(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags add column stray text")


@breaks_live("R0704", "core.tags.color")
def a_dropped_column(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags drop column color")


@breaks_live(
    *("R0704", "core.people.entity_id", "core.tags.color", "core.tags.status"),
    *("qilife.tasks.project_id", "staging.zoho_contacts.email"),
)
def columns_renamed_or_dropped_with_what_speaks_of_them(database: psycopg.Connection) -> None:
    database.execute("alter table core.people drop column entity_id cascade")
    database.execute("alter table core.tags rename column color to colour")
    database.execute("alter table core.tags rename column status to state")
    database.execute("alter table qilife.tasks rename column project_id to project")
    database.execute("alter view staging.zoho_contacts rename column email to mail")


@breaks_live("R0705", "core.tags.color", "core.tags.name")
def a_changed_type_and_a_dropped_not_null(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags alter column color type varchar(7)")
    database.execute("alter table core.tags alter column name drop not null")


@breaks_live(
    *("R0711", "qieos.tables qilife.tasks", "qieos.rule_waivers R0701.qilife.dreams"),
    "qieos.field_dependencies country_code.country.normalized",
)
def a_registry_written_by_hand(database: psycopg.Connection) -> None:
    """The waiver waives nothing in `qios check`, which reads the seed."""
    database.execute(
        "update qieos.tables set sensitivity_level = 'public' where table_name = 'tasks'"
    )
    database.execute(
        "delete from qieos.field_dependencies where field_id ="
        " (select id from qieos.fields where field_key = 'country_code')"
    )
    database.execute(
        "insert into qieos.rule_waivers (rule_code, object, reason, owner, approved_by, expires_on)"
        " values ('R0701', 'qilife.dreams', 'mine', 'me', 'me', current_date)"
    )


@breaks_live("R0711", "qieos.tables core.tags", "qieos.schemas qilife", "qieos.fields country_code")
def rows_of_the_registry_by_which_much_else_would_be_wrong(database: psycopg.Connection) -> None:
    database.execute("update qieos.tables set purpose = 'Mine.' where table_name = 'tags'")
    database.execute("update qieos.schemas set status = 'proposed' where schema_name = 'qilife'")
    database.execute("update qieos.fields set data_type = 'date' where field_key = 'country_code'")


@breaks_live("R0711", "qieos.tables", "qivault.redaction_rules")
def whole_registries_rewritten(database: psycopg.Connection) -> None:
    database.execute("update qieos.tables set deprecated_at = now()")
    database.execute("update qivault.redaction_rules set pattern = 'nothing'")


@breaks_live("R0904", "core.people", "qilife", "every table")
def rows_sent_or_a_builder_shared(database: psycopg.Connection) -> None:
    database.execute("create publication of_people for table core.people")
    database.execute("create publication of_qilife for tables in schema qilife")
    database.execute("create publication of_all for all tables")
    database.execute("create role somebody; create role somebody_else")
    database.execute("do $$ begin execute format('grant %I to somebody', current_user); end $$")
    database.execute("grant pg_read_server_files to somebody_else")


@breaks_live(
    *("R0904", "qivault.secret_refs", "core.people.full_name", "qilife", "core.tags"),
    *("default privileges", "core.entities", "every table", "the database", "qivault"),
)
def privileges_for_those_who_are_not_cleared(database: psycopg.Connection) -> None:
    """The roles are cleared for internal tables, for those of core, and for all."""
    for level in ("internal", "private", "restricted"):
        database.execute(f"create role qios_reader_{level}")
        database.execute(f"grant usage on schema core to qios_reader_{level}")
    database.execute("grant select on qivault.secret_refs to public")
    database.execute("grant select (full_name) on core.people to qios_reader_internal")
    database.execute("grant select on core.tags, core.people to qios_reader_private")
    database.execute("grant select on core.people, qilife.tasks to qios_reader_restricted")
    database.execute("grant delete on core.tags to qios_reader_restricted")
    database.execute("grant create on schema qilife to public")
    database.execute("alter default privileges grant select on tables to public")
    database.execute(
        "alter default privileges in schema qivault grant usage on sequences to public"
    )
    database.execute("grant select on core.entities to qios_reader_private with grant option")
    database.execute("grant pg_read_all_data to qios_reader_internal")
    database.execute(
        "do $$ begin execute format("
        "'grant create on database %I to public', current_database()); end $$"
    )


@breaks_live("R1102", "staging.zoho_contacts_raw")
def a_batch_that_nobody_emptied(database: psycopg.Connection) -> None:
    database.execute("alter table qinexus.import_batches disable trigger all")
    database.execute(
        "with batch as (insert into qinexus.import_batches (file_version_id, created_at)"
        " values (gen_random_uuid(), now() - interval '91 days') returning id)"
        " insert into staging.zoho_contacts_raw"
        " (import_batch_id, source_file_id, row_number, raw_payload, row_key, content_hash)"
        " select id, id, 1, '{}', id, id from batch"
    )
    database.execute("alter table qinexus.import_batches enable trigger all")


@breaks_live(
    *("R1201", "core.people.people_entity_id_fkey"),
    "core.organizations.organizations_entity_id_fkey",
)
def foreign_keys_lost_or_not_validated(database: psycopg.Connection) -> None:
    database.execute("alter table core.people drop constraint people_entity_id_fkey")
    alter, name = "alter table core.organizations", "organizations_entity_id_fkey"
    database.execute(f"{alter} drop constraint {name}")
    database.execute(
        f"{alter} add constraint {name} foreign key (entity_id) references core.entities not valid"
    )


@breaks_live(
    *("R1201", "core.people.people_entity_id_fkey", "core.tags.mine"),
    "core.organizations.organizations_entity_id_fkey",
)
def foreign_keys_altered_or_added(database: psycopg.Connection) -> None:
    for table, changed in (("people", "on delete cascade"), ("organizations", "deferrable")):
        database.execute(
            f"alter table core.{table} drop constraint {table}_entity_id_fkey,"
            f" add constraint {table}_entity_id_fkey"
            f" foreign key (entity_id) references core.entities (id) {changed}"
        )
    database.execute(
        "alter table core.tags"
        " add constraint mine foreign key (parent_tag_id) references core.notes"
    )


@breaks_live("R1302", "core.entities.entities_pkey")
def a_key_dropped_with_all_that_point_at_it(database: psycopg.Connection) -> None:
    database.execute("alter table core.entities drop constraint entities_pkey cascade")


@breaks_live("R1201", "core.people.people_entity_id_fkey")
def a_foreign_key_that_was_renamed(database: psycopg.Connection) -> None:
    database.execute("alter table core.people rename constraint people_entity_id_fkey to mine")


@breaks_live(
    *("R1302", "core.tags.longer", "core.tags.mine", "core.tags.named"),
    *("core.people.people_full_name_idx", "core.tags.tags_status_check", "core.tags.audit_update"),
    "core.tags.tags_tag_group_idx",
)
def objects_that_no_contract_has_that_were_renamed_or_are_not_valid(
    database: psycopg.Connection,
) -> None:
    database.execute("alter table core.tags add constraint longer check (length(name) > 0)")
    database.execute("alter table core.tags add constraint named unique (name)")
    database.execute("create index mine on core.tags (name)")
    database.execute("alter index core.people_full_name_idx rename to names")
    database.execute("alter table core.tags rename constraint tags_status_check to x")
    database.execute("alter trigger audit_update on core.tags rename to audit")
    database.execute(
        "update pg_index set indisvalid = false"
        " where indexrelid = 'core.tags_tag_group_idx'::regclass"
    )


@breaks_live("R1302", "core.note_change()", "core.plain(text)", "core.refuse_change()")
def functions_with_another_body_or_other_rights(database: psycopg.Connection) -> None:
    database.execute(
        "create or replace function core.refuse_change() returns trigger language plpgsql"
        " as 'begin return null; end'"
    )
    database.execute("alter function core.note_change() security invoker")
    database.execute("alter function core.plain(text) volatile")


@breaks_live("R1302", "core.note_change()")
def a_function_dropped_with_every_trigger_that_calls_it(database: psycopg.Connection) -> None:
    database.execute("drop function core.note_change() cascade")


@breaks_live("R1302", "staging.zoho_contacts", "staging.mmex_legs")
def views_with_another_query(database: psycopg.Connection) -> None:
    database.execute(
        "create or replace view staging.zoho_contacts as"
        " select * from staging.zoho_contacts where full_name <> 'me'"
    )
    (query,) = database.execute("select pg_get_viewdef('staging.mmex_legs')").fetchone()
    database.execute("drop view staging.mmex_legs")
    database.execute(f"create view staging.mmex_legs as {query}")


@breaks_live(
    *("R1302", "core.entity_tags.entity_tags_pkey", "core.tags.tags_tag_key_key"),
    *("core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    *("core.tags.status", "core.tags.color", "core.tags", "core.notes.notes_pkey"),
    *("core.tags.audit_update", "core.audit_events.append_only", "qilife", "qiserver"),
)
def objects_defaults_and_comments_lost(database: psycopg.Connection) -> None:
    database.execute("drop trigger audit_update on core.tags")
    database.execute("drop trigger append_only on core.audit_events")
    database.execute("alter table core.entity_tags drop constraint entity_tags_pkey")
    database.execute("alter table core.tags drop constraint tags_tag_key_key")
    database.execute("alter table core.tags drop constraint tags_status_check")
    database.execute("drop index core.tags_tag_group_idx")
    database.execute("alter table core.tags alter column status set default 'archived'")
    database.execute("comment on column core.tags.color is 'what I think it is'")
    database.execute("comment on table core.tags is null")
    database.execute("comment on schema qilife is null")
    database.execute("comment on schema qiserver is 'what I think it is'")
    database.execute("comment on constraint notes_pkey on core.notes is null")


@breaks_live(
    *("R1302", "core.tags.tags_status_check", "core.tags.tags_tag_group_idx"),
    "core.tags.tags_tag_key_key",
)
def a_key_a_check_and_an_index_that_mean_something_else(database: psycopg.Connection) -> None:
    database.execute("alter table core.tags drop constraint tags_status_check")
    database.execute("alter table core.tags add constraint tags_status_check check (true)")
    database.execute("alter table core.tags drop constraint tags_tag_key_key")
    database.execute("alter table core.tags add constraint tags_tag_key_key unique (tag_key, name)")
    database.execute("drop index core.tags_tag_group_idx")
    database.execute("create index tags_tag_group_idx on core.tags (tag_group) where name = 'x'")


@breaks_live(
    *("R1303", "core.tags", "core.notes", "core.people", "core.attachments"),
    *("core.attachments.forget", "core.identifiers.hide", "core.notes.mine", "qiserver"),
    *("core.plain(text)", "core.locations.audit_delete", "staging.zoho_contacts.forget"),
    *("qieos.seed_tables.forget", "the database", "the role somebody"),
)
def tables_that_are_no_longer_as_they_were_made(database: psycopg.Connection) -> None:
    database.execute("create role somebody")
    database.execute("alter table core.tags owner to somebody")
    database.execute("alter schema qiserver owner to somebody")
    database.execute("alter table qiserver.hosts owner to somebody")
    database.execute("alter function core.plain(text) owner to somebody")
    database.execute("alter role somebody set session_replication_role = replica")
    database.execute("alter table core.locations disable trigger audit_delete")
    database.execute("alter table core.notes enable row level security")
    database.execute("create policy mine on core.notes using (true)")
    database.execute("alter table core.people disable trigger all")
    database.execute("alter table core.attachments set unlogged")
    database.execute(
        "create function pg_temp.forget() returns trigger language plpgsql"
        " as 'begin return null; end'"
    )
    for when, relation in (
        ("before", "core.attachments"),
        ("instead of", "staging.zoho_contacts"),
        ("before", "qieos.seed_tables"),
    ):
        database.execute(
            f"create trigger forget {when} insert on {relation}"
            " for each row execute function pg_temp.forget()"
        )
    database.execute(
        "create function pg_temp.hear() returns event_trigger language plpgsql as 'begin end';"
        "create event trigger hear on ddl_command_end execute function pg_temp.hear()"
    )
    database.execute("create rule hide as on delete to core.identifiers do instead nothing")


@breaks_live(
    *("R1403", "core.people.api_key", "core.people.portalPassword", "qiconnect.passwords"),
    *("core.tags.password",),
)
def secrets_that_somebody_keeps_by_hand(database: psycopg.Connection) -> None:
    database.execute("alter table core.people add column api_key text")
    database.execute('alter table core.people add column "portalPassword" text')
    database.execute("create table qiconnect.passwords (id uuid primary key)")
    database.execute("alter table core.tags rename column color to password")


@breaks_live("R1501", "qiserver")
def a_schema_that_is_gone(database: psycopg.Connection) -> None:
    database.execute("drop schema qiserver cascade")


@breaks_live("R1501", "qiserver")
def a_schema_that_was_renamed(database: psycopg.Connection) -> None:
    database.execute("alter schema qiserver rename to machine")


@breaks_live(
    *("R0702", "qieos.tables", "qieos.rule_waivers"),
    also=(("R0704", "qieos.schemas.status"), ("R1501", "qivault")),
)
def registries_lost_by_which_every_rule_is_asked(database: psycopg.Connection) -> None:
    database.execute("drop table qieos.tables cascade")
    database.execute("alter table qieos.rule_waivers rename to exceptions")
    database.execute("alter table qieos.schemas drop column status cascade")
    database.execute("drop schema qivault cascade")
