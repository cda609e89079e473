{#-
    What indexes of contracts lean on: the extensions pg_trgm and unaccent, and core.plain(), by which text is compared
    without regard to case and accents. unaccent() itself is not immutable, since its dictionary could change,
    so that no index could be made of it: core.plain() names the dictionary and says that it will not.
    They live in the schema that owns the compared values; `public` stays empty.

    Example: on-run-start: "{{ install_functions() }}"
-#}
{% macro install_functions() -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- if run_query("select to_regprocedure('core.plain(text)') is not null as is_there").rows[0]['is_there'] -%}
        {{ return('') }}
    {%- endif -%}
    {%- do run_query(
        "begin;
        create schema if not exists core;
        create extension if not exists pg_trgm schema core;
        create extension if not exists unaccent schema core;
        create function core.plain(text) returns text language sql immutable strict parallel safe
            return lower(core.unaccent('core.unaccent'::regdictionary, $1));
        comment on function core.plain(text) is 'Text in small letters without accents, by which names are compared.';
        commit;"
    ) -%}
{%- endmacro %}
