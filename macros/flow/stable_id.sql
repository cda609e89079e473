{#-
    A uuid from names: the same parts give the same id on every machine and in every rebuild.
    The parts are SQL expressions; a null part counts as empty. qios.ids.stable_id() is its twin in Python.

    Example: stable_id(["'core.people'", 'entity_id'])
-#}
{% macro stable_id(parts) -%}
    md5(
    {%- for part in parts -%}
        coalesce(({{ part }})::text, '') {%- if not loop.last %} || chr(31) || {% endif -%}
    {%- endfor -%}
    )::uuid
{%- endmacro %}
