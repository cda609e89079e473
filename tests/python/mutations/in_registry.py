"""Mutations of the registry's rows, found by `qios contracts` or by the tests of a build."""

import shutil

from mutations.catalogue import CHECK, CONTRACTS, DIFF, REGISTRY, breaks
from projects import Project, commit


@breaks("R0501", "qilife", by=REGISTRY)
def an_active_schema_with_two_criteria(project: Project) -> None:
    criteria = ("has_many_tables", "has_own_lifecycle", "has_own_permissions_model")
    criteria += ("has_independent_business_logic", "has_sensitive_boundaries")
    name = {"schema_name": "qilife"}
    project.change_row("qieos.schemas", name, **dict.fromkeys(criteria, ""))


@breaks("R0702", "qilife.routines", by=CONTRACTS)
def a_registered_table_dropped_from_the_models(project: Project) -> None:
    (project.root / "models/canonical/qilife/qilife__routines.sql").unlink()


@breaks("R0703", "qieos.seed_rule_waivers.stray", by=CONTRACTS)
def a_heading_that_is_not_registered(project: Project) -> None:
    project.replace("seeds/qieos/qieos__seed_rule_waivers.csv", "rule_code,", "rule_code,stray,")


@breaks("R0704", "qieos.seed_rule_waivers.approved_by", by=CONTRACTS)
def a_heading_that_its_seed_lacks(project: Project) -> None:
    project.replace("seeds/qieos/qieos__seed_rule_waivers.csv", "approved_by,", "")


@breaks("R0705", "field mood", by=CONTRACTS)
def a_type_with_parameters(project: Project) -> None:
    field = {"field_key": "mood", "data_type": "numeric(18,2)", "data_category": "none"}
    project.add_row("qieos.fields", **field, sensitivity_level="internal")


@breaks("R0706", "qilife.tasks.mood", by=CONTRACTS)
def a_column_of_an_unknown_field(project: Project) -> None:
    project.add_column("qilife.tasks.mood", "mood")


@breaks("R0706", "qilife.dreams", by=CONTRACTS)
def columns_of_an_unknown_table(project: Project) -> None:
    project.add_column("qilife.dreams.title", "title")


@breaks("R0706", "qilife.tasks.mood", by=CONTRACTS)
def an_unknown_status_group(project: Project) -> None:
    project.add_column("qilife.tasks.mood", "title", status_group="moods")


@breaks("R0706", "qilife.tasks.dream_id", by=CONTRACTS)
def a_reference_to_an_unknown_table(project: Project) -> None:
    project.add_column("qilife.tasks.dream_id", "project_id", references="qilife.dreams")


@breaks("R0706", "qilife.tasks.dream_id", by=CONTRACTS)
def a_reference_to_what_is_no_key(project: Project) -> None:
    project.add_column("qilife.tasks.dream_id", "project_id", references="core.tags.name")


@breaks("R0706", "qieos.statuses record_status.merged", by=REGISTRY)
def a_status_that_leads_to_none(project: Project) -> None:
    merged = {"status_group": "record_status", "status_key": "merged"}
    project.change_row("qieos.statuses", merged, allowed_next="revived")


@breaks("R0707", "qieos.seed_relationship_types", by=CONTRACTS)
def a_twin_in_a_registry(project: Project) -> None:
    with project.seed("qieos.relationship_types") as rows:
        rows.append(rows[0])


@breaks("R0707", "qieos.seed_relationship_types", by=REGISTRY)
def a_twin_that_is_built(project: Project) -> None:
    with project.seed("qieos.relationship_types") as rows:
        rows.append(rows[0] | {"description": "The other definition."})


@breaks("R0708", "contracts", by=CHECK)
def a_contract_that_is_stale(project: Project) -> None:
    project.add_column("qilife.tasks.started_at", "started_at")


@breaks("R0708", "contracts", by=CHECK)
def a_contract_edited_by_hand(project: Project) -> None:
    path = "models/canonical/core/_core__contracts.yml"
    project.replace(path, "  - name: color\n", "  - name: colour\n")


@breaks("R0709", "qieos.fields email.sensitivity_level", by=DIFF)
def a_level_lowered_since_the_last_commit(project: Project) -> None:
    commit(project.root, "before")
    project.change_row("qieos.fields", {"field_key": "email"}, sensitivity_level="public")


@breaks("R0901", "field mood", by=CONTRACTS)
def an_unclassified_field(project: Project) -> None:
    project.add_row("qieos.fields", field_key="mood", data_type="text", data_category="none")


@breaks("R0902", "qilife.symptoms", by=CONTRACTS)
def a_table_below_its_schemas_default(project: Project) -> None:
    symptoms = {"schema_name": "qilife", "table_name": "symptoms"}
    project.drop_rows("qieos.field_usages", **symptoms)
    project.change_row("qieos.tables", symptoms, sensitivity_level="internal")


@breaks("R0902", "core.tags.abated_at", by=CONTRACTS)
def a_column_above_its_table(project: Project) -> None:
    project.add_column("core.tags.abated_at", "abated_at")


@breaks("R0903", "field mood", by=CONTRACTS)
def a_field_without_a_category(project: Project) -> None:
    field = {"field_key": "mood", "data_type": "text", "sensitivity_level": "sensitive"}
    project.add_row("qieos.fields", **field)


@breaks("R0903", "field mood", by=CONTRACTS)
def medical_data_that_everybody_may_read(project: Project) -> None:
    field = {"field_key": "mood", "data_type": "text", "sensitivity_level": "internal"}
    project.add_row("qieos.fields", **field, data_category="medical")


@breaks("R1101", "qieos.implied_columns.raw_payload", by=CONTRACTS)
def staging_tables_without_raw_payload(project: Project) -> None:
    project.drop_rows("qieos.implied_columns", applies_to="staging", column_name="raw_payload")


@breaks("R1101", "staging.notion_tasks_raw.raw_payload", by=CONTRACTS)
def a_staging_table_that_omits_raw_payload(project: Project) -> None:
    landing = {"schema_name": "staging", "table_name": "notion_tasks_raw"}
    omitted = {"metadata_omitted": "raw_payload", "metadata_omitted_reason": "It is large."}
    project.change_row("qieos.tables", landing, **omitted)


@breaks("R1202", "about", by=REGISTRY)
def a_relationship_type_without_its_inverse(project: Project) -> None:
    project.drop_rows("qieos.relationship_types", relationship_type="subject_of")


@breaks("R1301", "qieos.implied_columns.created_at", by=CONTRACTS)
def canonical_tables_without_created_at(project: Project) -> None:
    project.drop_rows("qieos.implied_columns", applies_to="canonical", column_name="created_at")


@breaks("R1501", "qilife", by=REGISTRY)
def a_schema_of_the_first_set_that_leaves(project: Project) -> None:
    for registry in ("qieos.schemas", "qieos.tables", "qieos.field_usages"):
        project.drop_rows(registry, schema_name="qilife")
    shutil.rmtree(project.root / "models/canonical/qilife")
    promotions = project.root / "models/promotion"
    for path in (*promotions.rglob("*__qilife__*.sql"), *promotions.rglob("*.yml")):
        path.unlink()
    project.derive()
    project.sql("drop schema qilife cascade")


@breaks("R1601", "staging.import_rows", by=REGISTRY)
def a_table_of_the_build_order_that_leaves(project: Project) -> None:
    for registry in ("qieos.tables", "qieos.field_usages"):
        project.drop_rows(registry, schema_name="staging", table_name="import_rows")
    (project.root / "models/staging/landing/staging__import_rows.sql").unlink()
    project.derive()
    project.sql("drop table staging.import_rows")


PROMOTIONS = "models/promotion/zoho_contacts"


@breaks(
    "R1001",
    *("models/promotion/zoho/zoho__core__people.sql", f"{PROMOTIONS}/zoho_contacts__people.sql"),
    f"{PROMOTIONS}/zoho_contacts__qilife__care_logs.sql",
    by=CONTRACTS,
)
def promotions_that_no_build_would_use(project: Project) -> None:
    project.write("models/promotion/zoho/zoho__core__people.sql", "select 1")
    project.write(f"{PROMOTIONS}/zoho_contacts__people.sql", "select 1")
    project.write(f"{PROMOTIONS}/zoho_contacts__qilife__care_logs.sql", "select 1")
