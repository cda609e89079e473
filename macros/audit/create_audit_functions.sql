{#-
    Makes the functions that the triggers of audited tables call, where they are missing or not as they are
    written here: known by the hash in the comment, and by the body that PostgreSQL holds. A build in which
    nothing changed asks one question. They come before any table, whose triggers need them.

    Example: on-run-start: "{{ create_audit_functions() }}"
-#}
{% macro create_audit_functions() -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- set wanted = audit_functions() -%}
    {%- set query -%}
        select obj_description(oid, 'pg_proc') || md5(prosrc) as made_from
        from pg_catalog.pg_proc where oid in (to_regprocedure('{{ wanted | join("'), to_regprocedure('") }}'))
    {%- endset -%}
    {%- set made = run_query(query).columns[0].values() -%}
    {%- set statements = ['create schema if not exists core'] -%}
    {%- for name, definition in wanted.items()
        if local_md5(definition) ~ local_md5(function_body(definition)) not in made -%}
        {%- do statements.append(definition) -%}
        {%- do statements.append('comment on function ' ~ name ~ ' is ' ~ sql_literal(local_md5(definition))) -%}
    {%- endfor -%}
    {%- if statements | length > 1 -%}
        {%- do run_query('begin; ' ~ statements | join(';\n') ~ '; commit;') -%}
    {%- endif -%}
{%- endmacro %}
