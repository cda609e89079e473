{#- generated from seeds/ by `qios contracts`; edit the registry, not this file -#}
{% macro registered_promotions() -%}
{%- set words = {
  "core__entities": [
    "zoho_contacts"
  ],
  "core__identifiers": [
    "zoho_contacts"
  ],
  "core__locations": [
    "zoho_contacts"
  ],
  "core__organizations": [
    "zoho_contacts"
  ],
  "core__people": [
    "zoho_contacts"
  ],
  "core__relationships": [
    "zoho_contacts"
  ],
  "qiconnect__external_ids": [
    "zoho_contacts"
  ]
} -%}
{{ return(words) }}
{%- endmacro %}
