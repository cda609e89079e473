{#-
    The statement that makes a key, check, index or trigger of a contract on a table.

    Example: create_object(this, 'people_full_name_idx', 'index ("full_name")')
        → create index "people_full_name_idx" on "core"."people" ("full_name")
-#}
{% macro create_object(relation, name, ddl) -%}
    {%- set quoted = adapter.quote(name) -%}
    {%- if ddl.startswith('trigger ') -%}
        {{ return(ddl | replace('trigger ', 'create trigger ' ~ quoted ~ ' ', 1) | replace(' on this ', ' on ' ~ relation ~ ' ')) }}
    {%- elif not ddl.startswith('constraint ') -%}
        {{ return('create ' ~ ddl | replace('index ', 'index ' ~ quoted ~ ' on ' ~ relation ~ ' ', 1)) }}
    {%- endif -%}
    {{ return('alter table ' ~ relation ~ ' add ' ~ ddl | replace('constraint ', 'constraint ' ~ quoted ~ ' ', 1)) }}
{%- endmacro %}

{#- The statement that takes it away again. -#}
{% macro drop_object(relation, name, ddl) -%}
    {%- set quoted = adapter.quote(name) -%}
    {%- if ddl.startswith('trigger ') -%}
        {{ return('drop trigger ' ~ quoted ~ ' on ' ~ relation) }}
    {%- elif not ddl.startswith('constraint ') -%}
        {{ return('drop index ' ~ relation.include(identifier=false, database=false) ~ '.' ~ quoted) }}
    {%- endif -%}
    {{ return('alter table ' ~ relation ~ ' drop constraint ' ~ quoted) }}
{%- endmacro %}
