{#-
    Puts the purposes of the approved schemas on them as comments, where they stand there otherwise. dbt has created the
    schemas before any hook.

    Example: on-run-start: "{{ describe_schemas() }}"
-#}
{% macro describe_schemas() -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') -%}{{ return('') }}{%- endif -%}
    {%- set purposes = vocabulary().schemas -%}
    {%- set query -%}
        select nspname, obj_description(oid, 'pg_namespace') as purpose
        from pg_catalog.pg_namespace where nspname in ('{{ purposes | join("', '") }}')
    {%- endset -%}
    {%- set statements = [] -%}
    {%- for row in run_query(query).rows if row['purpose'] != purposes[row['nspname']] -%}
        {%- do statements.append(
            'comment on schema ' ~ adapter.quote(row['nspname']) ~ ' is ' ~ sql_literal(purposes[row['nspname']])
        ) -%}
    {%- endfor -%}
    {%- if statements -%}{%- do run_query('begin; ' ~ statements | join(';\n') ~ '; commit;') -%}{%- endif -%}
{%- endmacro %}
