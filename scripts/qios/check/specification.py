"""What the specification lists by name; the registry may say more, never less."""

# Section 15, with the default sensitivity of section 9 (which names none for staging).
FIRST_SCHEMAS = {
    "core": "private",
    "qieos": "internal",
    "qisystem": "internal",
    "qinexus": "private",
    "qiaccess": "private",
    "qilife": "sensitive",
    "qiconnect": "sensitive",
    "qiserver": "internal",
    "qivault": "restricted",
    "staging": "public",
}

# Sections 8 and 9.
POLICIES = (
    *("canonical", "derived", "imported", "cached", "runtime", "staging", "archived"),
    "external_reference",
)
LEVELS = ("public", "internal", "private", "sensitive", "restricted", "secret")

# Section 4, as the rule of each schema and the policies of section 8 that its tables may have.
BOUNDARIES = {
    "core": ("R0401", {"canonical", "derived"}),
    "qieos": ("R0402", {"canonical", "derived"}),
    "qisystem": ("R0403", {"canonical", "derived"}),
    "qinexus": ("R0404", {*POLICIES} - {"staging"}),
    "qiaccess": ("R0405", {"canonical", "runtime"}),
    "qilife": ("R0406", {"canonical", "derived", "archived", "external_reference"}),
    "qiconnect": ("R0407", {"canonical", "runtime", "cached", "external_reference"}),
    "qiserver": ("R0408", {"canonical", "derived", "runtime", "cached"}),
    "qivault": ("R0409", {"canonical", "runtime", "external_reference"}),
    "staging": ("R0410", {"staging"}),
}

# Section 16: phase → its tables.
BUILD_ORDER = {
    1: (
        *("qieos.schemas", "qieos.tables", "qieos.fields", "qieos.field_usages"),
        *("qieos.relationship_types", "qieos.statuses"),
    ),
    2: (
        *("core.entities", "core.people", "core.organizations", "core.identifiers"),
        *("core.relationships", "core.tags"),
    ),
    3: ("qinexus.sources", "qinexus.files", "qinexus.import_batches", "qinexus.import_files"),
    4: ("qiaccess.capture_events", "staging.import_rows"),
    5: (
        *("qisystem.modules", "qisystem.apps"),
        *("qiserver.hosts", "qiserver.services", "qiserver.health_checks"),
    ),
}

PROMISED = {name for names in BUILD_ORDER.values() for name in names}

# Section 17: what each module does.
VERBS = {
    "qieos": "defines",
    "qisystem": "maps",
    "qinexus": "stores/indexes",
    "qiaccess": "captures",
    "qilife": "operates",
    "qiconnect": "syncs",
    "qiserver": "runs",
    "qivault": "protects",
    "core": "connects",
    "staging": "cleans",
}

# Section 13 for canonical tables, section 11 for those of staging.
METADATA_COLUMNS = (
    *("id", "created_at", "updated_at", "created_by", "updated_by", "status"),
    *("source_system", "source_file_id", "import_batch_id", "sensitivity_level", "notes"),
)
STAGING_COLUMNS = (
    *("import_batch_id", "source_file_id", "row_number"),
    *("raw_payload", "review_status", "created_at"),
)

# Section 5.2, as columns of qieos.schemas.
CRITERIA = (
    *("has_own_lifecycle", "has_own_permissions_model", "has_many_tables"),
    *("has_independent_business_logic", "integrates_with_external_systems"),
    *("has_sensitive_boundaries", "has_separate_identity", "would_be_messy_elsewhere"),
)
CRITERIA_NEEDED = 3
