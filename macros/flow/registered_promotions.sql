{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_promotions() -%}
{%- set words = {
  "core__entities": [
    "google_contacts",
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "notion_projects",
    "notion_tasks",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__entity_tags": [
    "notion_tasks"
  ],
  "core__identifiers": [
    "google_contacts",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__locations": [
    "google_contacts",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__organizations": [
    "google_contacts",
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__people": [
    "google_contacts",
    "notion_projects",
    "notion_tasks",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__relationships": [
    "google_contacts",
    "notion_projects",
    "notion_tasks",
    "zoho_contacts"
  ],
  "core__tags": [
    "notion_tasks"
  ],
  "qiconnect__external_ids": [
    "notion_projects",
    "notion_tasks",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "qilife__financial_accounts": [
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv"
  ],
  "qilife__financial_event_lines": [
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "zoho_invoices"
  ],
  "qilife__financial_events": [
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "zoho_invoices"
  ],
  "qilife__projects": [
    "notion_projects",
    "notion_tasks"
  ],
  "qilife__tasks": [
    "notion_tasks"
  ]
} -%}
{{ return(words) }}
{%- endmacro %}
