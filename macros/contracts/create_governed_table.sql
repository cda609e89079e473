{#-
    The statements that create a table from its contract: columns, keys, checks, indexes, triggers, comments.
    Foreign keys come last of all, by apply_references(), when every table exists.

    Example: create_governed_table(this, contract_of(model))
-#}
{% macro create_governed_table(relation, contract) -%}
    {%- set lines = [] -%}
    {%- for column in contract.columns.values() -%}
        {%- do lines.append(column_ddl(column)) -%}
    {%- endfor -%}
    {%- for name, ddl in contract.objects.items() if ddl.startswith('constraint ') -%}
        {%- do lines.append('constraint ' ~ adapter.quote(name) ~ ' ' ~ ddl.removeprefix('constraint ')) -%}
    {%- endfor -%}
    create table {{ relation }} (
        {{ lines | join(',\n        ') }}
    );
    {% for name, ddl in contract.objects.items() if not ddl.startswith('constraint ') -%}
    {{ create_object(relation, name, ddl) }};
    {% endfor %}
    {{ comments_ddl(relation, contract) }}
    {{ contract_state_ddl(relation, {
        'hash': contract.hash,
        'columns': contract.columns.keys() | list,
        'objects': contract.objects,
        'references': {},
        'sealed': none,
        'primary_key': contract.primary_key,
    }) }}
{%- endmacro %}
