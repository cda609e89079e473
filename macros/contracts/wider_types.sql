{#-
    The types that hold every value of a type, as PostgreSQL spells them: a column may become one of these.

    Example: wider_types('integer') → ['bigint', 'numeric', 'double precision', 'text']
-#}
{% macro wider_types(data_type) -%}
    {{ return({
        'smallint': ['integer', 'bigint', 'numeric', 'double precision', 'text'],
        'integer': ['bigint', 'numeric', 'double precision', 'text'],
        'bigint': ['numeric', 'text'],
        'real': ['double precision'],
        'numeric': ['text'],
        'boolean': ['text'],
        'uuid': ['text'],
        'date': ['text'],
        'inet': ['text'],
    }.get(data_type, [])) }}
{%- endmacro %}
