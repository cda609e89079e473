{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro vocabulary() -%}
{%- set words = {
  "schemas": {
    "core": "Primitives shared by every module.",
    "qiaccess": "Capture and intake before meaning is decided.",
    "qiconnect": "External providers, accounts, sync state and external identifiers.",
    "qieos": "Registry, standards and governance rules.",
    "qilife": "Lived operational data of a person.",
    "qinexus": "Index of files, sources and imports, with the links to what came of them.",
    "qiserver": "Hosts, services and runtime state.",
    "qisystem": "Map of apps, modules, features, routes and permissions.",
    "qivault": "Metadata and references that protect sensitive data.",
    "staging": "Imported rows waiting for review."
  },
  "remedies": {
    "R0101": {
      "title": "Waivers say who, why and until when",
      "remedy": "Mend what the waiver excused and remove it, or let it be approved anew with a later day.",
      "severity": "error"
    },
    "R0102": {
      "title": "Waivers are used",
      "remedy": "Remove the waiver.",
      "severity": "error"
    },
    "R0103": {
      "title": "Waivers are narrow",
      "remedy": "Give each object its own waiver, with its own reason.",
      "severity": "error"
    },
    "R0201": {
      "title": "Only approved schemas exist",
      "remedy": "Move the table to the schema that owns its meaning. If the domain really has outgrown its home, register the schema and pass the creation test (R0501).",
      "severity": "error"
    },
    "R0301": {
      "title": "Schema names",
      "remedy": "Rename the schema in the registry and the folder that carries it.",
      "severity": "error"
    },
    "R0302": {
      "title": "Table names are snake_case",
      "remedy": "Rename the model file and its registry row.",
      "severity": "error"
    },
    "R0303": {
      "title": "Table names are plural",
      "remedy": "Rename the table to the plural, or add the word to the exceptions of `table_plural` with the reason.",
      "severity": "error"
    },
    "R0304": {
      "title": "Column names are snake_case",
      "remedy": "Rename the column in field_usages and put the old name in renamed_from, so that the live column is renamed and keeps its data.",
      "severity": "error"
    },
    "R0305": {
      "title": "No ambiguous abbreviations",
      "remedy": "Spell the word out and put the old name in renamed_from. The short form may stay an alias of the field.",
      "severity": "error"
    },
    "R0401": {
      "title": "Core holds what everybody uses",
      "remedy": "Move the table to the module that governs its lifecycle, or use the core table that already exists.",
      "severity": "error"
    },
    "R0402": {
      "title": "QiEOS defines and stores no runtime data",
      "remedy": "Move the table to the module whose runtime it records.",
      "severity": "error"
    },
    "R0403": {
      "title": "Map, doctrine and machine stay apart",
      "remedy": "Split the table: description to qisystem, meaning to qieos, running state to qiserver, joined by a key.",
      "severity": "error"
    },
    "R0404": {
      "title": "QiNexus indexes, it does not absorb",
      "remedy": "Register the file, stage its rows, and map what they mean to canonical tables.",
      "severity": "error"
    },
    "R0405": {
      "title": "QiAccess captures, others own the meaning",
      "remedy": "Hand the capture over through qiaccess.classification_queue and keep the record in the owning schema.",
      "severity": "error"
    },
    "R0406": {
      "title": "QiLife holds lived data only",
      "remedy": "Move the table to qiserver, qieos, qinexus or qiconnect and keep only the link.",
      "severity": "error"
    },
    "R0407": {
      "title": "QiConnect stores no plaintext secrets",
      "remedy": "Move the value to the secret store, register it in qivault.secret_refs, replace the column by the reference, and change the credential.",
      "severity": "error"
    },
    "R0408": {
      "title": "QiServer owns the machine only",
      "remedy": "Move the table to the schema that owns its meaning (R0602).",
      "severity": "error"
    },
    "R0409": {
      "title": "QiVault holds metadata, not secrets",
      "remedy": "Store the value in the KeePass file or another secret manager and keep its reference.",
      "severity": "error"
    },
    "R0410": {
      "title": "Staging cleans",
      "remedy": "Promote the rows and read the canonical table.",
      "severity": "error"
    },
    "R0411": {
      "title": "References keep to the matrix",
      "remedy": "Link the records through core.relationships or core.entities, or decide that the one schema may reference the other and add it to qieos.schemas.",
      "severity": "error"
    },
    "R0501": {
      "title": "Creation test: three of eight",
      "remedy": "Leave the tables where they are, or set the criteria that are really met and write the decision down.",
      "severity": "error"
    },
    "R0502": {
      "title": "Optional schemas wait for approval",
      "remedy": "Record the decision in qieos.adr_records, set the status to active, then add the tables. Until then use the owning module.",
      "severity": "error"
    },
    "R0601": {
      "title": "Tables are named by meaning",
      "remedy": "Ask what one row says, and name the table after that.",
      "severity": "error"
    },
    "R0602": {
      "title": "Ownership beats location",
      "remedy": "Answer the five questions of section 6.2 and move the table to the schema they name.",
      "severity": "error"
    },
    "R0701": {
      "title": "Live tables are registered",
      "remedy": "Register it in seeds/qieos/qieos__seed_tables.csv with its columns, or drop it. A function, type or sequence is dropped, or made by a macro.",
      "severity": "error"
    },
    "R0702": {
      "title": "Registered tables are live",
      "remedy": "Build the missing model, or set deprecated_at on the row.",
      "severity": "error"
    },
    "R0703": {
      "title": "Live columns are registered",
      "remedy": "Register the column with its field, or move its data to the column meant for it and drop it.",
      "severity": "error"
    },
    "R0704": {
      "title": "Registered columns are live",
      "remedy": "Build; a column that was dropped by hand comes back with `--vars 'restore_contracts: true'`. If it was renamed, say so in renamed_from; if it went, set deprecated_at.",
      "severity": "error"
    },
    "R0705": {
      "title": "Types and nullability agree",
      "remedy": "Change the registry if the database is right. Otherwise build with `--vars 'restore_contracts: true'`: what loses nothing is applied, and what could lose something stops with the rows concerned.",
      "severity": "error"
    },
    "R0706": {
      "title": "Registry keys resolve",
      "remedy": "Use the existing key. Add a new field only for a new concept.",
      "severity": "error"
    },
    "R0707": {
      "title": "Registry keys are unique",
      "remedy": "Merge the rows and delete the copy.",
      "severity": "error"
    },
    "R0708": {
      "title": "Contracts are current",
      "remedy": "Run `qios contracts` and commit the result. Make changes in the registry, never in the contract.",
      "severity": "error"
    },
    "R0709": {
      "title": "Major changes are acknowledged",
      "remedy": "Take the change back, or answer for it with a row in seeds/qieos/qieos__seed_change_acknowledgements.csv.",
      "severity": "error"
    },
    "R0710": {
      "title": "Registry rows are whole",
      "remedy": "Complete or correct the row that the finding names.",
      "severity": "error"
    },
    "R0711": {
      "title": "The live registry is its seeds",
      "remedy": "Run the build: it loads the seeds over what a hand wrote. What ought to stay belongs into the CSV file.",
      "severity": "error"
    },
    "R0712": {
      "title": "Every rule is asked",
      "remedy": "Put the check, page, standard or setting back. A rule that really went is deprecated, and its check removed with it.",
      "severity": "error"
    },
    "R0720": {
      "title": "Deprecated is not in use",
      "remedy": "Use what qieos.replacements names, or put the date off. A deprecated thing without a replacement gets a row there, with the reason and nothing in replaced_by.",
      "severity": "error"
    },
    "R0801": {
      "title": "Source-of-truth policy",
      "remedy": "Set source_of_truth_policy in the table registry.",
      "severity": "error"
    },
    "R0802": {
      "title": "Policies agree along the lineage",
      "remedy": "Read the table that the cache is filled from, or declare the policy that the table really has.",
      "severity": "error"
    },
    "R0901": {
      "title": "Sensitivity is declared",
      "remedy": "Set sensitivity_level: public, internal, private, sensitive, restricted or secret.",
      "severity": "error"
    },
    "R0902": {
      "title": "Not below the schema default",
      "remedy": "Raise the level, or record a waiver that says why this table is harmless.",
      "severity": "error"
    },
    "R0903": {
      "title": "Data category is declared",
      "remedy": "Set data_category on the field, `none` included, and raise its sensitivity level to fit.",
      "severity": "error"
    },
    "R0904": {
      "title": "Only cleared roles may read",
      "remedy": "Revoke the privilege. Who needs to read gets the reader role of the table's level from qivault.sensitivity_levels.",
      "severity": "error"
    },
    "R0905": {
      "title": "Telling names have a category",
      "remedy": "Set data_category and the level that goes with it, or name the field after what it really holds.",
      "severity": "error"
    },
    "R0909": {
      "title": "Sensitivity flows along",
      "remedy": "Raise the level of the column's field or give the column a field of that level, mask the value with the marker of a redaction rule, or waive it with the reason.",
      "severity": "error"
    },
    "R1001": {
      "title": "Canonical tables are fed through the flow",
      "remedy": "Register and stage the file, and let the promotion models write the table.",
      "severity": "error"
    },
    "R1002": {
      "title": "The source link is retained",
      "remedy": "Promote through the flow. For a record made by hand, leave source_system empty.",
      "severity": "error"
    },
    "R1003": {
      "title": "Row accounting adds up",
      "remedy": "Import again. If it fails again, it is a fault of the reader: report it with the counts.",
      "severity": "error"
    },
    "R1101": {
      "title": "Staging tables have their columns",
      "remedy": "Register the table in the schema staging, where the six are implied, and regenerate its contract.",
      "severity": "error"
    },
    "R1102": {
      "title": "Staging is temporary",
      "remedy": "Review the rows, or undo the batch. The file and its versions stay in qinexus.",
      "severity": "warn"
    },
    "R1201": {
      "title": "Foreign keys are live and validated",
      "remedy": "Repair or clear the rows that point nowhere, then build again; the build adds and validates the key. Drop a key that was altered, or that the registry does not have.",
      "severity": "error"
    },
    "R1202": {
      "title": "Relationship types are registered",
      "remedy": "Use the registered type, or register the new one together with its inverse.",
      "severity": "error"
    },
    "R1203": {
      "title": "Ids say what they point at",
      "remedy": "Set `references`, or say in usage_notes what the id points at and why no key can hold it.",
      "severity": "error"
    },
    "R1301": {
      "title": "Metadata columns",
      "remedy": "Take the column out of metadata_omitted, or give the reason.",
      "severity": "error"
    },
    "R1302": {
      "title": "Keys, checks, defaults, indexes and triggers are live",
      "remedy": "Build with `--vars 'restore_contracts: true'`: what is missing or altered is put back. If rows stand in the way, the build names them. Register what was added by hand, or drop it.",
      "severity": "error"
    },
    "R1303": {
      "title": "Tables are kept as they were made",
      "remedy": "Undo it: alter table … owner to, set logged, disable row level security, enable trigger.",
      "severity": "error"
    },
    "R1304": {
      "title": "Writes are recorded",
      "remedy": "Delete rows instead of truncating; build with `--vars 'restore_contracts: true'` where a trigger is missing (R1302).",
      "severity": "error"
    },
    "R1401": {
      "title": "No schema confetti",
      "remedy": "Use the table of the module that owns the meaning.",
      "severity": "error"
    },
    "R1402": {
      "title": "No ownership by location",
      "remedy": "Split it along the flow: file, staging rows, canonical records, external identifiers.",
      "severity": "error"
    },
    "R1403": {
      "title": "No plaintext secrets",
      "remedy": "Store the secret in a secret manager and the reference in qivault.secret_refs. Change a credential that has been in a table.",
      "severity": "error"
    },
    "R1404": {
      "title": "No duplicate fields",
      "remedy": "Keep one field, list the other names in its aliases, and rename the columns with renamed_from. Two that are really two get a row in qieos.field_distinctions with the reason.",
      "severity": "error"
    },
    "R1405": {
      "title": "No raw import as final data",
      "remedy": "Move the landing table to staging and promote its rows.",
      "severity": "error"
    },
    "R1501": {
      "title": "The first schema set",
      "remedy": "Put the row back with the status active, and run the build.",
      "severity": "error"
    },
    "R1601": {
      "title": "The build order is complete",
      "remedy": "Register the table again and build.",
      "severity": "error"
    },
    "R1701": {
      "title": "Ownership is clear",
      "remedy": "Ask which verb fits: QiEOS defines, QiSystem maps, QiNexus stores and indexes, QiAccess captures, QiLife operates, QiConnect syncs, QiServer runs, QiVault protects, Core connects, Staging cleans.",
      "severity": "error"
    }
  }
} -%}
{{ return(words) }}
{%- endmacro %}
