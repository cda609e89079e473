{#-
    Makes the functions of built_functions() and the extensions they lean on, where they are missing or not as they are
    written here. They come before any table, whose indexes and triggers need them. A build in which nothing changed
    asks one question. They live in the schema that owns the compared values; `public` stays empty.

    Example: on-run-start: "{{ install_functions() }}"
-#}
{% macro install_functions() -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- set altered = run_query(altered_functions()).columns[0].values() -%}
    {%- if not altered -%}{{ return('') }}{%- endif -%}
    {%- set statements = [
        'create schema if not exists core',
        'create extension if not exists pg_trgm schema core',
        'create extension if not exists unaccent schema core',
    ] -%}
    {%- for name, definition in built_functions().items() if name in altered -%}
        {%- do statements.append(definition) -%}
    {%- endfor -%}
    {%- do run_query('begin; ' ~ statements | join(';\n') ~ '; commit;') -%}
{%- endmacro %}
