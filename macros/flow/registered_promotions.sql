{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_promotions() -%}
{%- set words = {
  "core__entities": [
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
  "qilife__financial_event_lines": [
    "zoho_invoices"
  ],
  "qilife__financial_events": [
    "zoho_invoices"
  ]
} -%}
{{ return(words) }}
{%- endmacro %}
