{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_promotions() -%}
{%- set words = {
  "core__entities": [
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__identifiers": [
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__locations": [
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__organizations": [
    "mmex_book",
    "mmex_csv",
    "mmex_universal_csv",
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__people": [
    "zoho_contacts",
    "zoho_invoices"
  ],
  "core__relationships": [
    "zoho_contacts"
  ],
  "qiconnect__external_ids": [
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
  ]
} -%}
{{ return(words) }}
{%- endmacro %}
