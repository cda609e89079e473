{#-
    The definition of a dbt model constraint, as it stands behind `constraint <name>`.

    Example: {type: unique, columns: [entity_id]} → unique ("entity_id")
-#}
{% macro constraint_ddl(constraint) -%}
    {%- set kind = constraint.type | string -%}
    {%- if kind == 'check' -%}
        {{ return('check (' ~ constraint.expression ~ ')') }}
    {%- elif kind in ('primary_key', 'unique') -%}
        {{ return(kind | replace('_', ' ') ~ ' (' ~ quoted_list(constraint.columns) ~ ')') }}
    {%- endif -%}
    {{ exceptions.raise_compiler_error('constraint ' ~ constraint.name ~ ': no rule for the type ' ~ kind) }}
{%- endmacro %}
