{#-
    The statement that creates an index of a contract. Its definition begins with `index` or `unique index`; the
    columns follow, and perhaps a condition.

    Example: index_ddl(this, 'pair_decisions_pair_key', 'unique index ("left_entity_id") where withdrawn_at is null')
-#}
{% macro index_ddl(relation, name, ddl) -%}
    {%- set kind, definition = ddl.split('index ', 1) -%}
    create {{ kind }}index {{ adapter.quote(name) }} on {{ relation }} {{ definition }}
{%- endmacro %}
