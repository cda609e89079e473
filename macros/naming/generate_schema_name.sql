{#-
    The schema of a node is exactly what its folder's `+schema` says, and only an approved one.
    dbt creates schemas before any hook runs, so this is the only place that can stop a rogue one.

    Example: models/canonical/qilife/qilife__tasks.sql → qilife
-#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set folder = node.original_file_path.rsplit('/', 1) | first -%}
    {%- if node.resource_type not in ('model', 'seed', 'snapshot') -%}
        {{ return(target.schema) }}
    {%- elif custom_schema_name is none -%}
        {{ exceptions.raise_compiler_error(finding(
            'R0201', folder, 'the folder names no schema',
            'give it a `+schema` in dbt_project.yml that qieos.schemas approves'
        )) }}
    {%- elif custom_schema_name not in vocabulary().schemas -%}
        {{ exceptions.raise_compiler_error(finding('R0201', custom_schema_name, 'the schema is not approved')) }}
    {%- endif -%}
    {{ return(custom_schema_name) }}
{%- endmacro %}
