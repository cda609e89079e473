"""Mutations of the registry's rows."""

from datetime import date, timedelta

from mutations.catalogue import breaks
from projects import Project

COLUMNS = ("title", "description", "started_at", "ended_at")
CRITERIA = ("has_own_lifecycle", "has_many_tables", "has_separate_identity")
SYMPTOMS = {"schema_name": "qilife", "table_name": "symptoms"}
TASKS = {"schema_name": "qilife", "table_name": "tasks"}
GRANTED = {
    "rule_code": "R0902",
    "object": "qilife.tasks",
    "reason": "A test.",
    "owner": "owner",
    "approved_by": "approver",
    "expires_on": (date.today() + timedelta(days=9)).isoformat(),
}


def waive(project: Project, **cells: str) -> None:
    project.add_row("qieos.rule_waivers", **GRANTED | cells)


@breaks("R0101", "R0902 qilife.tasks")
def a_waiver_that_has_ended(project: Project) -> None:
    waive(project, expires_on="2026-01-31")


@breaks("R0101", "R0902 qilife.tasks", "R0101 qilife.tasks", "R0902 core.tags")
def waivers_that_say_too_little_or_waive_waivers(project: Project) -> None:
    waive(project, expires_on="", approved_by="")
    waive(project, rule_code="R0101")
    waive(project, object="core.tags", expires_on="in spring")


@breaks("R0101", "R0902 qilife.tasks", "R0902 core.tags")
def waivers_for_a_hundred_years_or_approved_by_their_owner(project: Project) -> None:
    waive(project, expires_on="2126-01-31")
    waive(project, object="core.tags", approved_by="owner")


@breaks("R0102", "R0902 qilife.tasks")
def a_waiver_of_what_is_right(project: Project) -> None:
    waive(project)


@breaks("R0103", "R0902 qilife.*", "R0902 qilife")
def waivers_for_a_whole_schema(project: Project) -> None:
    waive(project, object="qilife.*")
    waive(project, object="qilife")


@breaks("R0201", "docker.containers")
def a_table_in_a_schema_that_nobody_knows(project: Project) -> None:
    project.register_table("docker.containers", *COLUMNS, owner="qiserver")


@breaks("R0502", "finance.payments")
def a_table_in_a_proposed_schema(project: Project) -> None:
    project.register_table("finance.payments", *COLUMNS, owner="qilife")


def approve(project: Project, name: str, **cells: str) -> None:
    """An approved schema that passes the creation test."""
    given = dict.fromkeys(CRITERIA, "true") | {"owning_module": "qiserver", "status": "active"}
    given |= {
        "purpose": f"A schema {name}.",
        "decision": "A test.",
        "default_sensitivity": "public",
    }
    project.add_row("qieos.schemas", schema_name=name, **given | cells)


@breaks("R0301", "qi_docker", "life")
def a_schema_with_an_underscore_and_a_module_without_the_prefix(project: Project) -> None:
    approve(project, "qi_docker")
    module = {"display_name": "Life", "verb": "lives", "purpose": "Another.", "owner": "owner"}
    project.add_row("qieos.modules", module_key="life", status="active", **module)


@breaks("R0302", "qilife.Time-Entries", "staging.zoho_items")
def a_table_name_in_mixed_case_and_a_landing_table_that_is_not_raw(project: Project) -> None:
    project.add_table("qilife.Time-Entries", *COLUMNS)
    project.add_table("staging.zoho_items")


@breaks("R0303", "qilife.time_entry")
def a_singular_table_name(project: Project) -> None:
    project.add_table("qilife.time_entry", *COLUMNS)


@breaks("R0304", "qilife.tasks.StartedAt")
def a_column_name_in_mixed_case(project: Project) -> None:
    project.add_column("qilife.tasks.StartedAt", "started_at")


@breaks("R0305", "core.people.cust_dob")
def an_ambiguous_abbreviation(project: Project) -> None:
    project.add_column("core.people.cust_dob", "birth_date")


@breaks("R0401", "core.invoices")
def a_table_of_one_module_in_core(project: Project) -> None:
    project.add_table("core.invoices", *COLUMNS)


@breaks("R0401", "qilife.people")
def a_table_that_repeats_one_of_core(project: Project) -> None:
    project.add_table("qilife.people", *COLUMNS)


@breaks("R0402", "qieos.job_runs", "qieos.facts", "qieos.caches")
def runtime_data_among_the_definitions(project: Project) -> None:
    project.add_table("qieos.job_runs", *COLUMNS)
    project.add_table("qieos.facts", *COLUMNS, source_of_truth_policy="runtime")
    project.add_table("qieos.caches", *COLUMNS, source_of_truth_policy="cached")


@breaks("R0403", "qisystem.container_runs", "qiserver.app_routes")
def the_map_and_the_machine_merged(project: Project) -> None:
    project.add_table("qisystem.container_runs", *COLUMNS)
    project.add_table("qiserver.app_routes", *COLUMNS)


@breaks("R0404", "qinexus.zoho_contacts")
def an_export_absorbed_by_the_index(project: Project) -> None:
    project.add_table("qinexus.zoho_contacts", *COLUMNS)


@breaks(
    *("R0405", "qiaccess.medical_notes", "qiaccess.lab_results", "qiaccess.dreams"),
    "qiaccess.entry_routes.birth_date",
)
def meaning_kept_where_it_was_captured(project: Project) -> None:
    for name in ("medical_notes", "lab_results", "dreams"):
        project.add_table(f"qiaccess.{name}", *COLUMNS)
    routes = {"schema_name": "qiaccess", "table_name": "entry_routes"}
    project.change_row("qieos.tables", routes, sensitivity_level="restricted")
    project.add_column("qiaccess.entry_routes.birth_date", "birth_date")


@breaks("R0406", "qilife.sync_jobs")
def mechanics_among_lived_data(project: Project) -> None:
    project.add_table("qilife.sync_jobs", *COLUMNS)


SECRET = {"data_type": "text", "sensitivity_level": "secret", "data_category": "credential"}


def add_secret_field(project: Project) -> None:
    said = {
        "display_name": "Access code",
        "description": "Opens it.",
        "canonical_format": "free_text",
    }
    project.add_row("qieos.fields", field_key="access_code", **SECRET, **said)


def add_secret_column(project: Project, table: str) -> None:
    schema, name = table.split(".")
    key = {"schema_name": schema, "table_name": name}
    project.change_row("qieos.tables", key, sensitivity_level="secret")
    project.add_column(f"{table}.access_code", "access_code", usage_notes="Opens it.")


@breaks("R0407", "qiconnect.providers.access_code")
def a_plaintext_secret_of_a_provider(project: Project) -> None:
    add_secret_field(project)
    add_secret_column(project, "qiconnect.providers")


@breaks("R0408", "qiserver")
def a_schema_that_names_no_boundary(project: Project) -> None:
    project.change_row("qieos.schemas", {"schema_name": "qiserver"}, boundary_rule="")


@breaks("R0405", "qiaccess")
def a_schema_that_allows_its_tables_nothing(project: Project) -> None:
    project.change_row("qieos.schemas", {"schema_name": "qiaccess"}, allowed_policies="")


@breaks("R0410", "staging")
def a_schema_that_allows_more_than_its_boundary(project: Project) -> None:
    staging = {"schema_name": "staging"}
    project.change_row("qieos.schemas", staging, allowed_policies="staging|canonical")


@breaks("R0408", "qiserver.website_posts", "qiserver.hosts")
def what_merely_lies_on_the_machine(project: Project) -> None:
    project.add_table("qiserver.website_posts", *COLUMNS)
    hosts = {"schema_name": "qiserver", "table_name": "hosts"}
    project.change_row("qieos.tables", hosts, source_of_truth_policy="imported")


@breaks("R0409", "qivault.secret_refs.secret_value", "qivault.secret_refs.access_code")
def the_secret_beside_its_reference(project: Project) -> None:
    add_secret_field(project)
    add_secret_column(project, "qivault.secret_refs")
    project.add_column("qivault.secret_refs.secret_value", "store_locator")


@breaks("R0410", "staging.zoho_contacts_raw")
def a_staging_table_that_is_canonical(project: Project) -> None:
    landing = {"schema_name": "staging", "table_name": "zoho_contacts_raw"}
    project.change_row("qieos.tables", landing, source_of_truth_policy="imported")


@breaks("R0411", "core.people.task_id")
def a_reference_out_of_core(project: Project) -> None:
    project.add_column("core.people.task_id", "task_id", references="qilife.tasks")


@breaks("R0501", "qilife")
def an_active_schema_with_two_criteria(project: Project) -> None:
    criteria = ("has_many_tables", "has_own_lifecycle", "has_own_permissions_model")
    criteria += ("has_independent_business_logic", "has_sensitive_boundaries")
    name = {"schema_name": "qilife"}
    project.change_row("qieos.schemas", name, **dict.fromkeys(criteria, ""))


@breaks("R0501", "clients")
def a_schema_whose_criteria_a_hand_has_set(project: Project) -> None:
    """Its decision still tells of one."""
    active = dict.fromkeys(CRITERIA, "true") | {"status": "active"}
    project.change_row("qieos.schemas", {"schema_name": "clients"}, **active)


@breaks("R0601", "core.downloads")
def a_table_named_after_a_folder(project: Project) -> None:
    project.add_table("core.downloads", *COLUMNS)


@breaks("R0602", "qilife.tasks", "core.qilife_things")
def tables_that_two_modules_own(project: Project) -> None:
    project.change_row("qieos.tables", TASKS, owner="qiserver")
    project.add_table("core.qilife_things", *COLUMNS)


@breaks("R0702", "qilife.routines")
def a_registered_table_dropped_from_the_models(project: Project) -> None:
    (project.root / "models/canonical/qilife/qilife__routines.sql").unlink()


@breaks("R0703", "qieos.seed_rule_waivers.stray")
def a_heading_that_is_not_registered(project: Project) -> None:
    project.replace("seeds/qieos/qieos__seed_rule_waivers.csv", "rule_code,", "rule_code,stray,")


@breaks("R0704", "qieos.seed_rule_waivers.adr")
def a_heading_that_its_seed_lacks(project: Project) -> None:
    project.replace("seeds/qieos/qieos__seed_rule_waivers.csv", ",adr,", ",")


def add_field(project: Project, **cells: str) -> None:
    said = {
        "display_name": "Mood",
        "description": "How one feels.",
        "canonical_format": "free_text",
    }
    given = {"data_type": "text", "data_category": "none", "sensitivity_level": "internal"}
    project.add_row("qieos.fields", field_key="mood", **said | given | cells)


@breaks("R0705", "field mood")
def a_type_with_parameters(project: Project) -> None:
    add_field(project, data_type="numeric(18,2)")


@breaks("R0706", "qilife.tasks.mood")
def a_column_of_an_unknown_field(project: Project) -> None:
    project.add_column("qilife.tasks.mood", "mood")


@breaks("R0706", "qilife.dreams")
def columns_of_an_unknown_table(project: Project) -> None:
    project.add_column("qilife.dreams.title", "title")


@breaks("R0706", "qilife.tasks.mood")
def an_unknown_status_group(project: Project) -> None:
    project.add_column("qilife.tasks.mood", "title", status_group="moods")


@breaks("R0706", "qilife.tasks.dream_id", "qilife.tasks.tag_id")
def references_to_an_unknown_table_and_to_what_is_no_key(project: Project) -> None:
    project.add_column("qilife.tasks.dream_id", "project_id", references="qilife.dreams")
    project.add_column("qilife.tasks.tag_id", "project_id", references="core.tags.name")


@breaks(
    *("R0706", "qieos.statuses record_status.merged", "qinexus.sources zoho_contacts"),
    *("qieos.schemas core", "qieos.field_dependencies line 36"),
)
def keys_in_cells_that_lead_nowhere(project: Project) -> None:
    merged = {"status_group": "record_status", "status_key": "merged"}
    project.change_row("qieos.statuses", merged, allowed_next="revived")
    project.change_row("qinexus.sources", {"source_key": "zoho_contacts"}, natural_key="Recrod Id")
    project.change_row("qieos.schemas", {"schema_name": "core"}, may_reference="qieos|qinexus|qix")
    named = {"field_key": "display_name", "depends_on": "dreams", "kind": "derived"}
    project.add_row("qieos.field_dependencies", **named)


@breaks("R0706", "core.pair_decisions")
def a_check_of_a_column_that_is_not_there(project: Project) -> None:
    decisions = {"schema_name": "core", "table_name": "pair_decisions"}
    project.change_row("qieos.tables", decisions, checks="order: left_entity_id < middle_entity_id")


@breaks("R0707", "qieos.seed_relationship_types")
def a_twin_in_a_registry(project: Project) -> None:
    with project.seed("qieos.relationship_types") as rows:
        rows.append(rows[0])


@breaks(
    *("R0710", "qieos.rules R0201", "qieos.rules R0303", "qieos.tables qilife.tasks"),
    "qieos.statuses record_status.merged",
)
def cells_that_are_empty_of_another_type_or_no_known_word(project: Project) -> None:
    project.change_row("qieos.rules", {"rule_code": "R0201"}, statement="")
    project.change_row("qieos.rules", {"rule_code": "R0303"}, adr="")
    project.change_row("qieos.tables", TASKS, relation_type="spreadsheet")
    merged = {"status_group": "record_status", "status_key": "merged"}
    project.change_row("qieos.statuses", merged, is_terminal="perhaps")


@breaks("R0720", "core.people.pronouns", "field pronouns")
def a_field_used_after_its_day(project: Project) -> None:
    project.change_row("qieos.fields", {"field_key": "pronouns"}, deprecated_at="2026-01-01")


@breaks("R0720", "qilife.routines")
def a_table_read_after_its_day(project: Project) -> None:
    routines = {"schema_name": "qilife", "table_name": "routines"}
    project.drop_rows("qieos.field_usages", **routines)
    project.change_row("qieos.tables", routines, deprecated_at="2026-01-01")
    project.add_row(
        "qieos.replacements",
        registry_name="qieos.tables",
        object="qilife.routines",
        replaced_by="qilife.tasks",
        reason="A routine is a task that repeats.",
    )
    (project.root / "models/canonical/qilife/qilife__routines.sql").unlink()
    path = "models/canonical/qilife/qilife__symptoms.sql"
    text = (project.root / path).read_text("utf-8")
    project.write(path, f"-- depends_on: {{{{ ref('qilife__routines') }}}}\n{text}")


@breaks("R0909", "qilife.financial_events.external_key")
def a_column_that_takes_more_sensitive_values(project: Project) -> None:
    key = {"field_key": "source_record_key"}
    project.change_row("qieos.fields", key, sensitivity_level="private")


@breaks("R1404", "field mail")
def a_concept_with_a_second_field(project: Project) -> None:
    field = {"field_key": "mail", "data_type": "text", "aliases": "worker_email|email_3"}
    field |= {"display_name": "Mail", "description": "Where to write.", "canonical_format": "email"}
    project.add_row("qieos.fields", **field, sensitivity_level="private", data_category="identity")


@breaks("R0801", "qilife.tasks")
def an_unknown_policy(project: Project) -> None:
    project.change_row("qieos.tables", TASKS, source_of_truth_policy="truth")


@breaks("R0801", "field source_of_truth_policy")
def a_ninth_policy(project: Project) -> None:
    field = {"field_key": "source_of_truth_policy"}
    with project.seed("qieos.fields") as rows:
        (row,) = (row for row in rows if field.items() <= row.items())
        row["allowed_values"] += "|rumoured"


@breaks("R0802", "qinexus.shadows", "core.people")
def a_derived_table_of_nothing_and_a_truth_read_from_a_cache(project: Project) -> None:
    project.add_table("qinexus.shadows", *COLUMNS, source_of_truth_policy="derived")
    values = {"schema_name": "qinexus", "table_name": "normalized_values"}
    project.change_row("qieos.tables", values, source_of_truth_policy="cached")
    path = "models/promotion/zoho_contacts/zoho_contacts__core__people.sql"
    text = (project.root / path).read_text("utf-8")
    project.write(path, f"-- depends_on: {{{{ ref('qinexus__normalized_values') }}}}\n{text}")


@breaks("R0802", "qiconnect.offers", "qilife.shelves")
def tables_of_what_is_outside_that_do_not_say_what(project: Project) -> None:
    project.add_table("qiconnect.offers", *COLUMNS, source_of_truth_policy="cached")
    project.add_table("qilife.shelves", *COLUMNS, source_of_truth_policy="external_reference")


@breaks("R0901", "qilife.tasks")
def an_unclassified_table(project: Project) -> None:
    project.change_row("qieos.tables", TASKS, sensitivity_level="")


@breaks("R0901", "field mood")
def an_unclassified_field(project: Project) -> None:
    add_field(project, sensitivity_level="")


@breaks("R0902", "qilife.moods")
def a_table_below_its_schemas_default(project: Project) -> None:
    project.add_table("qilife.moods", "title", sensitivity_level="private")


@breaks("R0902", "core.tags.abated_at")
def a_column_above_its_table(project: Project) -> None:
    project.add_column("core.tags.abated_at", "abated_at")


@breaks("R0902", "qiaccess")
def a_schema_below_the_specifications_default(project: Project) -> None:
    project.change_row("qieos.schemas", {"schema_name": "qiaccess"}, default_sensitivity="public")


@breaks("R0903", "field mood")
def a_field_without_a_category(project: Project) -> None:
    add_field(project, data_category="", sensitivity_level="sensitive")


@breaks("R0903", "field mood")
def medical_data_that_everybody_may_read(project: Project) -> None:
    add_field(project, data_category="medical")


@breaks(
    *("R0905", "field passport_number", "core.people.monthly_salary"),
    *("core.people.lab_results", "core.people.court_verdict", "core.people.seed_phrase"),
)
def names_that_tell_more_than_their_field(project: Project) -> None:
    said = {"display_name": "Passport", "description": "A number.", "canonical_format": "free_text"}
    given = {"data_type": "text", "data_category": "none", "sensitivity_level": "private"}
    project.add_row("qieos.fields", field_key="passport_number", **said, **given)
    for name in ("monthly_salary", "lab_results", "court_verdict", "seed_phrase"):
        project.add_column(f"core.people.{name}", "title")


@breaks("R1001", "qilife.seed_tasks", "qilife.seed_moods")
def csv_files_that_skip_the_flow(project: Project) -> None:
    for name in ("tasks", "moods"):
        project.write(f"seeds/qilife/qilife__seed_{name}.csv", "title\nRun\n")
        seed = {"relation_type": "seed", "source_of_truth_policy": "imported", "written_by": "dbt"}
        project.register_table(f"qilife.seed_{name}", "title", **seed)


@breaks("R1002", "core.people.source_file_id")
def imported_people_without_their_file(project: Project) -> None:
    people = {"schema_name": "core", "table_name": "people"}
    omitted = {"metadata_omitted": "source_file_id", "metadata_omitted_reason": "It is long."}
    project.change_row("qieos.tables", people, **omitted)


@breaks("R1101", "qieos.implied_columns.raw_payload")
def staging_tables_without_raw_payload(project: Project) -> None:
    project.drop_rows("qieos.implied_columns", applies_to="staging", column_name="raw_payload")


@breaks("R1101", "staging.notion_tasks_raw.raw_payload")
def a_staging_table_that_omits_raw_payload(project: Project) -> None:
    landing = {"schema_name": "staging", "table_name": "notion_tasks_raw"}
    omitted = {"metadata_omitted": "raw_payload", "metadata_omitted_reason": "It is large."}
    project.change_row("qieos.tables", landing, **omitted)


@breaks("R1202", "about")
def a_relationship_type_without_its_inverse(project: Project) -> None:
    project.drop_rows("qieos.relationship_types", relationship_type="subject_of")


@breaks("R1203", "qilife.tasks.parent_id")
def an_id_that_is_no_reference(project: Project) -> None:
    project.add_column("qilife.tasks.parent_id", "project_id")


@breaks("R1301", "qieos.implied_columns.created_at")
def canonical_tables_without_created_at(project: Project) -> None:
    project.drop_rows("qieos.implied_columns", applies_to="canonical", column_name="created_at")


@breaks("R1301", "core.notes", "core.tags.colour")
def omissions_without_reason_or_object(project: Project) -> None:
    key = {"schema_name": "core"}
    project.change_row("qieos.tables", key | {"table_name": "notes"}, metadata_omitted="created_by")
    omitted = {"metadata_omitted": "colour", "metadata_omitted_reason": "It is grey."}
    project.change_row("qieos.tables", key | {"table_name": "tags"}, **omitted)


@breaks("R1401", "docker")
def a_tool_that_becomes_a_schema(project: Project) -> None:
    approve(project, "docker")


@breaks("R1402", "qiserver.csv_contacts")
def a_table_owned_by_its_location(project: Project) -> None:
    project.add_table("qiserver.csv_contacts", *COLUMNS)


@breaks("R1403", "qiconnect.api_keys", "qiconnect.providers.api_key", "core.notes.access_code")
def tables_and_columns_for_secrets(project: Project) -> None:
    project.add_table("qiconnect.api_keys", *COLUMNS)
    project.add_column("qiconnect.providers.api_key", "token_type")
    add_secret_field(project)
    add_secret_column(project, "core.notes")


@breaks("R1404", "field mood", "field title")
def one_concept_under_several_names(project: Project) -> None:
    add_field(project, aliases="birth_date")
    with project.seed("qieos.fields") as rows:
        (title,) = (row for row in rows if row["field_key"] == "title")
        title["aliases"] += "|birth_date"


@breaks("R1405", "core.zoho_contacts_import", "qilife.notion_pages")
def raw_imports_as_final_data(project: Project) -> None:
    project.add_table("core.zoho_contacts_import", *COLUMNS)
    project.add_table("qilife.notion_pages", *COLUMNS)


@breaks("R1501", "qilife")
def a_schema_of_the_first_set_that_leaves(project: Project) -> None:
    project.change_row("qieos.schemas", {"schema_name": "qilife"}, status="proposed")


@breaks("R1601", "staging.import_rows")
def a_table_of_the_build_order_that_leaves(project: Project) -> None:
    for registry in ("qieos.tables", "qieos.field_usages"):
        project.drop_rows(registry, schema_name="staging", table_name="import_rows")


@breaks("R1601", "core.people")
def a_table_of_the_build_order_that_is_struck_out(project: Project) -> None:
    project.drop_rows("qieos.tables", schema_name="core", table_name="people")


@breaks("R1701", "qilife.symptoms", "qilife.tasks", "qiserver")
def purposes_and_verbs_that_say_nothing_new(project: Project) -> None:
    with project.seed("qieos.tables") as rows:
        (routines,) = (row for row in rows if row["table_name"] == "routines")
    project.change_row("qieos.tables", SYMPTOMS, purpose="")
    project.change_row("qieos.tables", TASKS, purpose=routines["purpose"])
    project.change_row("qieos.modules", {"module_key": "qiserver"}, verb="operates")


@breaks("R0706", "qilife.tasks.note_text")
def a_reference_of_another_type(project: Project) -> None:
    project.add_column("qilife.tasks.note_text", "description", references="core.entities")


@breaks(
    *("R0706", "qieos.survivorship_rules core.people.mood", "qieos.replacements mood"),
    *("qieos.field_distinctions line 11", "qieos.tables qilife.tasks"),
)
def rows_about_what_does_not_exist(project: Project) -> None:
    mood = {"schema_name": "core", "table_name": "people", "column_name": "mood"}
    project.add_row("qieos.survivorship_rules", survivorship="own", **mood)
    gone = {"registry_name": "qieos.fields", "object": "mood", "replaced_by": "", "reason": "Gone."}
    project.add_row("qieos.replacements", **gone)
    pair = {"field_key": "title", "distinct_from": "mood", "reason": "A test."}
    project.add_row("qieos.field_distinctions", **pair)
    project.change_row("qieos.tables", TASKS, owner="qinowhere")


@breaks("R0710", "core.attachments.attachment_role")
def a_default_that_its_field_does_not_allow(project: Project) -> None:
    role = {"schema_name": "core", "table_name": "attachments", "column_name": "attachment_role"}
    project.change_row("qieos.field_usages", role, default_value="'bogus'")


@breaks("R0710", "qieos.naming_standards table_plural", "qieos.statuses account_status.connected")
def cells_that_no_program_could_read(project: Project) -> None:
    plural = {"standard_key": "table_plural"}
    project.change_row("qieos.naming_standards", plural, pattern="([a-z")
    connected = {"status_group": "account_status", "status_key": "connected"}
    project.change_row("qieos.statuses", connected, position="first")


@breaks("R0901", "level private")
def levels_in_another_order(project: Project) -> None:
    for level, rank in (("restricted", "1"), ("internal", "4")):
        project.change_row("qivault.sensitivity_levels", {"level_key": level}, rank=rank)


@breaks("R0902", "qivault.secret_refs")
def a_table_below_its_schema_and_its_columns(project: Project) -> None:
    """Told once: that its columns are above it follows."""
    refs = {"schema_name": "qivault", "table_name": "secret_refs"}
    project.change_row("qieos.tables", refs, sensitivity_level="sensitive")


@breaks("R0602", "qiserver")
def a_schema_given_to_another_module(project: Project) -> None:
    project.change_row("qieos.schemas", {"schema_name": "qiserver"}, owning_module="qilife")


@breaks("R1101", "staging.zoho_contacts_raw.review_status")
def a_staging_column_that_means_something_else(project: Project) -> None:
    project.add_column("staging.zoho_contacts_raw.review_status", "description")


@breaks("R1202", "about", "affiliated_with")
def relationship_types_that_do_not_meet_their_inverse(project: Project) -> None:
    about, tie = ({"relationship_type": name} for name in ("about", "affiliated_with"))
    project.change_row("qieos.relationship_types", about, source_entity_types="person")
    known = "person|organization|unicorn"
    ends = {"source_entity_types": known, "target_entity_types": known}
    project.change_row("qieos.relationship_types", tie, **ends)


@breaks("R1404", "core.people.line_2")
def a_numbered_column(project: Project) -> None:
    project.add_column("core.people.line_2", "description")


@breaks("R0802", "qinexus.leads")
def imported_rows_that_do_not_say_from_where(project: Project) -> None:
    omitted = {
        "metadata_omitted": "source_file_id|import_batch_id",
        "metadata_omitted_reason": "A test.",
    }
    policy = {"source_of_truth_policy": "imported"}
    project.add_table("qinexus.leads", *COLUMNS, **policy, **omitted)


@breaks("R1701", "qiserver")
def a_module_with_a_verb_of_its_own(project: Project) -> None:
    project.change_row("qieos.modules", {"module_key": "qiserver"}, verb="manages")


@breaks("R1301", "qilife.tasks.id", "qieos.implied_columns.notes")
def a_table_without_an_id_and_notes_that_are_none(project: Project) -> None:
    omitted = {"metadata_omitted": "id", "metadata_omitted_reason": "A test."}
    project.change_row("qieos.tables", TASKS, **omitted)
    notes = {"applies_to": "canonical", "column_name": "notes"}
    project.change_row("qieos.implied_columns", notes, field_key="description")


@breaks("R1202", "about")
def a_relationship_type_that_names_another_s_inverse(project: Project) -> None:
    """Told once: that the type it has left is not named back follows."""
    about = {"relationship_type": "about"}
    project.change_row("qieos.relationship_types", about, inverse="account_of")


@breaks("R0706", "qiaccess.entry_routes expense", "qiaccess.entry_routes appointment")
def routes_that_lead_nowhere(project: Project) -> None:
    expense, appointment = ({"route_key": key} for key in ("expense", "appointment"))
    project.change_row("qiaccess.entry_routes", expense, route_values="event_type=expense|mood=bad")
    project.change_row("qiaccess.entry_routes", appointment, target_table="dreams")


@breaks(
    *("R0710", "qieos.naming_standards secret_named_column", "qieos.naming_standards table_plural"),
    *("qivault.redaction_rules api_key", "qiaccess.entry_routes expense"),
)
def patterns_that_hold_nothing_or_cannot_be_read(project: Project) -> None:
    for key, pattern in (("secret_named_column", "^$"), ("table_plural", ".")):
        project.change_row("qieos.naming_standards", {"standard_key": key}, pattern=pattern)
    project.change_row("qivault.redaction_rules", {"rule_key": "api_key"}, pattern="(((")
    project.change_row("qiaccess.entry_routes", {"route_key": "expense"}, pattern="(((")


@breaks("R0710", "qilife.tasks.ordering")
def a_default_of_another_type(project: Project) -> None:
    project.add_column("qilife.tasks.ordering", "position", default_value="'first'")


@breaks("R0304", "qieos.fields SymptomSeverity")
def a_field_of_another_spelling(project: Project) -> None:
    """No column has its name, so nothing else would tell."""
    severity = {"field_key": "symptom_severity"}
    project.change_row("qieos.fields", severity, field_key="SymptomSeverity")
    project.change_row("qieos.field_usages", severity, field_key="SymptomSeverity")


@breaks("R0710", "qinexus.sources zoho_contacts", "qieos.fields dependency_origin")
def a_time_zone_that_is_none_and_a_value_said_twice(project: Project) -> None:
    zoho, origin = {"source_key": "zoho_contacts"}, {"field_key": "dependency_origin"}
    project.change_row("qinexus.sources", zoho, time_zone="Mars/Olympus")
    project.change_row("qieos.fields", origin, allowed_values="declared|lineage|declared")


@breaks("R0706", "qinexus.sources zoho_contacts")
def a_reader_that_nobody_wrote(project: Project) -> None:
    project.change_row("qinexus.sources", {"source_key": "zoho_contacts"}, reader="telepathy")


@breaks(
    *("R0710", "qieos.statuses adr_status.rejected", "qieos.statuses account_status.expired"),
    *("qilife.tasks.due_at", "qilife.tasks"),
)
def what_is_over_leads_on_and_two_have_one_place(project: Project) -> None:
    for group, key, cells in (
        ("adr_status", "rejected", {"allowed_next": "accepted"}),
        ("account_status", "expired", {"position": "1"}),
    ):
        project.change_row("qieos.statuses", {"status_group": group, "status_key": key}, **cells)
    for column in ("title", "due_at"):
        usage = {"schema_name": "qilife", "table_name": "tasks", "column_name": column}
        project.change_row("qieos.field_usages", usage, renamed_from="subject")
    tasks = {"schema_name": "qilife", "table_name": "tasks"}
    project.change_row("qieos.tables", tasks, checks="starts_at < due_at")
