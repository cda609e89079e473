{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro vocabulary() -%}
{%- set words = {
  "schemas": [
    "core",
    "qiaccess",
    "qiconnect",
    "qieos",
    "qilife",
    "qinexus",
    "qiserver",
    "qisystem",
    "qivault",
    "staging"
  ],
  "modules": [
    "core",
    "qiaccess",
    "qiconnect",
    "qieos",
    "qilife",
    "qinexus",
    "qiserver",
    "qisystem",
    "qivault",
    "staging"
  ],
  "policies": [
    "canonical",
    "derived",
    "imported",
    "cached",
    "runtime",
    "staging",
    "archived",
    "external_reference"
  ],
  "sensitivity_levels": [
    "public",
    "internal",
    "private",
    "sensitive",
    "restricted",
    "secret"
  ],
  "implied_columns": {
    "canonical": [
      "id",
      "created_at",
      "updated_at",
      "created_by",
      "updated_by",
      "status",
      "source_system",
      "source_file_id",
      "import_batch_id",
      "sensitivity_level",
      "notes"
    ],
    "staging": [
      "import_batch_id",
      "source_file_id",
      "row_number",
      "raw_payload",
      "review_status",
      "created_at",
      "row_key",
      "content_hash",
      "reviewed_at",
      "reviewed_by",
      "review_reason",
      "problem_codes",
      "edited_payload"
    ]
  },
  "naming_standards": [
    {
      "rule_code": "R0305",
      "applies_to": "column",
      "effect": "forbidden",
      "pattern": "(^|_)(addr|amt|cd|cust|desc|dob|dt|fname|lname|mname|nbr|no|num|ph|pwd|qty|tel|tmp|val|yn)(_|$)",
      "description": "Column names spell the word out: address, amount, customer, description, date of birth, quantity."
    },
    {
      "rule_code": "R0304",
      "applies_to": "column",
      "effect": "required",
      "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
      "description": "Columns are lower case snake_case."
    },
    {
      "rule_code": "R1402",
      "applies_to": "table",
      "effect": "forbidden",
      "pattern": "(^|_)(csv|tsv|json|yaml|xml|xlsx?|pdfs?|sheets?|docs?|folders?|exports?|dumps?)(_|$)",
      "description": "A table is named by what its rows mean, not by a file format or folder."
    },
    {
      "rule_code": "R1405",
      "applies_to": "canonical_table",
      "effect": "forbidden",
      "pattern": "(^|_)(import|imports|imported|raw)$",
      "description": "Only staging holds raw imports; names that merely speak of imports, like import_batches, pass."
    },
    {
      "rule_code": "R0301",
      "applies_to": "module",
      "effect": "required",
      "pattern": "^(qi[a-z]+|core|staging)$",
      "description": "A schema that is a canonical Qi module carries the prefix qi; core and staging are the two named exceptions."
    },
    {
      "rule_code": "R0301",
      "applies_to": "schema",
      "effect": "required",
      "pattern": "^[a-z][a-z0-9]*$",
      "description": "Schemas are lower case, without spaces, hyphens or underscores."
    },
    {
      "rule_code": "R1403",
      "applies_to": "column",
      "effect": "forbidden",
      "pattern": "^(?!(has|is)_)([a-z0-9_]+_)?(passwords?|passwd|passphrases?|api_keys?|secrets?|tokens?|private_keys?)$",
      "description": "No column of a governed table holds a secret value; it holds a reference."
    },
    {
      "rule_code": "R1403",
      "applies_to": "table",
      "effect": "forbidden",
      "pattern": "(^|_)(passwords?|passwd|passphrases?|api_keys?|secrets?|tokens?|private_keys?)$",
      "description": "No governed table holds secret values; it holds references."
    },
    {
      "rule_code": "R0302",
      "applies_to": "staging_table",
      "effect": "required",
      "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*_(raw|quarantine)$|^import_rows$",
      "description": "A landing table says that it is raw or in quarantine; import_rows holds the rows that could not land."
    },
    {
      "rule_code": "R0302",
      "applies_to": "table",
      "effect": "required",
      "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*$",
      "description": "Tables are lower case snake_case."
    },
    {
      "rule_code": "R0303",
      "applies_to": "table",
      "effect": "required",
      "pattern": "([^su]s|data|people|metadata|text|health|queue|raw|quarantine)$",
      "description": "Tables are plural nouns."
    }
  ],
  "remedies": {
    "R0201": {
      "title": "Only approved schemas exist",
      "remedy": "Move the table to the schema that owns its meaning. If the domain really has outgrown its home, register the schema and pass the creation test (R0501)."
    },
    "R0301": {
      "title": "Schema names",
      "remedy": "Rename the schema in the registry and the folder that carries it."
    },
    "R0302": {
      "title": "Table names are snake_case",
      "remedy": "Rename the model file and its registry row."
    },
    "R0303": {
      "title": "Table names are plural",
      "remedy": "Rename the table to the plural, or add the word to the exceptions of `table_plural` with the reason."
    },
    "R0304": {
      "title": "Column names are snake_case",
      "remedy": "Rename the column in field_usages and put the old name in renamed_from, so that the live column is renamed and keeps its data."
    },
    "R0305": {
      "title": "No ambiguous abbreviations",
      "remedy": "Spell the word out and put the old name in renamed_from. The short form may stay an alias of the field."
    },
    "R0401": {
      "title": "Core holds what everybody uses",
      "remedy": "Move the table to the module that governs its lifecycle, or use the core table that already exists."
    },
    "R0402": {
      "title": "QiEOS defines and stores no runtime data",
      "remedy": "Move the table to the module whose runtime it records."
    },
    "R0403": {
      "title": "Map, doctrine and machine stay apart",
      "remedy": "Split the table: description to qisystem, meaning to qieos, running state to qiserver, joined by a key."
    },
    "R0404": {
      "title": "QiNexus indexes, it does not absorb",
      "remedy": "Register the file, stage its rows, and map what they mean to canonical tables."
    },
    "R0405": {
      "title": "QiAccess captures, others own the meaning",
      "remedy": "Hand the capture over through qiaccess.classification_queue and keep the record in the owning schema."
    },
    "R0406": {
      "title": "QiLife holds lived data only",
      "remedy": "Move the table to qiserver, qieos, qinexus or qiconnect and keep only the link."
    },
    "R0407": {
      "title": "QiConnect stores no plaintext secrets",
      "remedy": "Move the value to the secret store, register it in qivault.secret_refs, replace the column by the reference, and change the credential."
    },
    "R0408": {
      "title": "QiServer owns the machine only",
      "remedy": "Move the table to the schema that owns its meaning (R0602)."
    },
    "R0409": {
      "title": "QiVault holds metadata, not secrets",
      "remedy": "Store the value in the KeePass file or another secret manager and keep its reference."
    },
    "R0410": {
      "title": "Staging cleans",
      "remedy": "Promote the rows and read the canonical table."
    },
    "R0501": {
      "title": "Creation test: three of eight",
      "remedy": "Leave the tables where they are, or set the criteria that are really met and write the decision down."
    },
    "R0502": {
      "title": "Optional schemas wait for approval",
      "remedy": "Record the decision in qieos.adr_records, set the status to active, then add the tables. Until then use the owning module."
    },
    "R0601": {
      "title": "Tables are named by meaning",
      "remedy": "Ask what one row says, and name the table after that."
    },
    "R0602": {
      "title": "Ownership beats location",
      "remedy": "Answer the five questions of section 6.2 and move the table to the schema they name."
    },
    "R0701": {
      "title": "Live tables are registered",
      "remedy": "Register it in seeds/qieos/qieos__seed_tables.csv with its columns, or drop it."
    },
    "R0702": {
      "title": "Registered tables are live",
      "remedy": "Build the missing model, or set deprecated_at on the row."
    },
    "R0703": {
      "title": "Live columns are registered",
      "remedy": "Register the column with its field, or move its data to the column meant for it and drop it."
    },
    "R0704": {
      "title": "Registered columns are live",
      "remedy": "Build; a column that was dropped by hand comes back with `--vars 'restore_contracts: true'`. If it was renamed, say so in renamed_from; if it went, set deprecated_at."
    },
    "R0705": {
      "title": "Types and nullability agree",
      "remedy": "Change the registry if the database is right. Otherwise build with `--vars 'restore_contracts: true'`: what loses nothing is applied, and what could lose something stops with the rows concerned."
    },
    "R0706": {
      "title": "Registry keys resolve",
      "remedy": "Use the existing key. Add a new field only for a new concept."
    },
    "R0707": {
      "title": "Registry keys are unique",
      "remedy": "Merge the rows and delete the copy."
    },
    "R0708": {
      "title": "Contracts are current",
      "remedy": "Run `qios contracts` and commit the result. Make changes in the registry, never in the contract."
    },
    "R0709": {
      "title": "Major changes are acknowledged",
      "remedy": "Take the change back, or answer for it with a row in seeds/qieos/qieos__seed_change_acknowledgements.csv."
    },
    "R0801": {
      "title": "Source-of-truth policy",
      "remedy": "Set source_of_truth_policy in the table registry."
    },
    "R0901": {
      "title": "Sensitivity is declared",
      "remedy": "Set sensitivity_level: public, internal, private, sensitive, restricted or secret."
    },
    "R0902": {
      "title": "Not below the schema default",
      "remedy": "Raise the level, or record a waiver that says why this table is harmless."
    },
    "R0903": {
      "title": "Data category is declared",
      "remedy": "Set data_category on the field, `none` included, and raise its sensitivity level to fit."
    },
    "R1001": {
      "title": "Canonical tables are fed through the flow",
      "remedy": "Register and stage the file, and let the promotion models write the table."
    },
    "R1002": {
      "title": "The source link is retained",
      "remedy": "Promote through the flow. For a record made by hand, leave source_system empty."
    },
    "R1003": {
      "title": "Row accounting adds up",
      "remedy": "Import again. If it fails again, it is a fault of the reader: report it with the counts."
    },
    "R1101": {
      "title": "Staging tables have their columns",
      "remedy": "Register the table in the schema staging, where the six are implied, and regenerate its contract."
    },
    "R1102": {
      "title": "Staging is temporary",
      "remedy": "Review the rows, or undo the batch. The file and its versions stay in qinexus."
    },
    "R1201": {
      "title": "Foreign keys are live and validated",
      "remedy": "Repair or clear the rows that point nowhere, then build again; the build adds and validates the key."
    },
    "R1202": {
      "title": "Relationship types are registered",
      "remedy": "Use the registered type, or register the new one together with its inverse."
    },
    "R1301": {
      "title": "Metadata columns",
      "remedy": "Take the column out of metadata_omitted, or give the reason."
    },
    "R1302": {
      "title": "Keys, checks, defaults, indexes and triggers are live",
      "remedy": "Build with `--vars 'restore_contracts: true'`: what is missing or altered is put back. If rows stand in the way, the build names them."
    },
    "R1303": {
      "title": "Writes are recorded",
      "remedy": "Delete rows instead of truncating; build with `--vars 'restore_contracts: true'` where a trigger is missing (R1302)."
    },
    "R1401": {
      "title": "No schema confetti",
      "remedy": "Use the table of the module that owns the meaning."
    },
    "R1402": {
      "title": "No ownership by location",
      "remedy": "Split it along the flow: file, staging rows, canonical records, external identifiers."
    },
    "R1403": {
      "title": "No plaintext secrets",
      "remedy": "Store the secret in a secret manager and the reference in qivault.secret_refs. Change a credential that has been in a table."
    },
    "R1404": {
      "title": "No duplicate fields",
      "remedy": "Keep one field, list the other names in its aliases, and rename the columns with renamed_from."
    },
    "R1405": {
      "title": "No raw import as final data",
      "remedy": "Move the landing table to staging and promote its rows."
    },
    "R1501": {
      "title": "The first schema set",
      "remedy": "Run the build."
    },
    "R1601": {
      "title": "The build order is complete",
      "remedy": "Register the table again and build."
    },
    "R1701": {
      "title": "Ownership is clear",
      "remedy": "Ask which verb fits: QiEOS defines, QiSystem maps, QiNexus stores and indexes, QiAccess captures, QiLife operates, QiConnect syncs, QiServer runs, QiVault protects, Core connects, Staging cleans."
    }
  }
} -%}
{{ return(words) }}
{%- endmacro %}
