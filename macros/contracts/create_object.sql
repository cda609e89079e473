{#-
    The statement that makes a key, check, index or trigger of a contract on a table.

    Example: create_object(this, 'people_full_name_idx', 'index ("full_name")')
        → create index "people_full_name_idx" on "core"."people" ("full_name")
-#}
{% macro create_object(relation, name, ddl) -%}
    {%- set kind, definition = ddl.split(' ', 1) -%}
    {%- set quoted = adapter.quote(name) -%}
    {%- if kind == 'index' -%}
        {{ return('create index ' ~ quoted ~ ' on ' ~ relation ~ ' ' ~ definition) }}
    {%- elif kind == 'trigger' -%}
        {{ return('create trigger ' ~ quoted ~ ' ' ~ definition | replace(' on this ', ' on ' ~ relation ~ ' ')) }}
    {%- endif -%}
    {{ return('alter table ' ~ relation ~ ' add constraint ' ~ quoted ~ ' ' ~ definition) }}
{%- endmacro %}

{#- The statement that takes it away again. -#}
{% macro drop_object(relation, name, ddl) -%}
    {%- set quoted = adapter.quote(name) -%}
    {%- if ddl.startswith('index ') -%}
        {{ return('drop index ' ~ relation.include(identifier=false, database=false) ~ '.' ~ quoted) }}
    {%- elif ddl.startswith('trigger ') -%}
        {{ return('drop trigger ' ~ quoted ~ ' on ' ~ relation) }}
    {%- endif -%}
    {{ return('alter table ' ~ relation ~ ' drop constraint ' ~ quoted) }}
{%- endmacro %}
