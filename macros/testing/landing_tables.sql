{#-
    The dbt names of the tables of staging that rows of files are kept in.

    Example: landing_tables() → ['staging__import_rows', 'staging__zoho_contacts_raw', …]
-#}
{% macro landing_tables() -%}
    {%- set names = [] -%}
    {%- for name in registered_relations()
        if name.startswith('staging__') and name.endswith(('_raw', '_quarantine', '__import_rows')) -%}
        {%- do names.append(name) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}
