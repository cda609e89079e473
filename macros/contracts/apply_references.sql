{#-
    Adds the foreign keys that the contracts name and the database lacks, when every table exists: as
    constraints of the models they would make dbt's graph cyclic, and added by four threads at once they
    deadlock. Each is added NOT VALID in one transaction, which locks only for a moment, and validated
    in the next. One connection, in sorted order. What is established is noted in the contract's state:
    a foreign key that is lost later is a finding of R1201. One that rows contradict is left out and, after
    all others, stops the build with their number.

    Example: on-run-end: "{{ apply_references(graph) }}"
-#}
{% macro apply_references(graph) -%}
    {%- if not execute or flags.WHICH not in ('build', 'run') or planning() -%}{{ return('') }}{%- endif -%}
    {%- set registered = registered_references(graph) -%}
    {%- set missing = {} -%}
    {%- set problems = [] -%}
    {%- for row in run_query(missing_references_sql(registered)).rows -%}
        {%- do missing.setdefault(registered[row['name']].relation, []).append(
            dict(registered[row['name']], is_live=row['is_live'])
        ) -%}
    {%- endfor -%}
    {%- for relation, references in missing.items() -%}
        {%- set state = contract_state(relation) -%}
        {%- for reference in references if reference_holds(reference, problems) -%}
            {%- set alter = 'alter table ' ~ relation ~ ' ' -%}
            {%- set name = adapter.quote(reference.name) -%}
            {%- if not reference.is_live -%}
                {%- do run_query(
                    "begin; set local lock_timeout = '10s'; " ~ alter ~ 'add constraint ' ~ name ~ ' ' ~ reference.ddl
                    ~ ' not valid; commit;'
                ) -%}
            {%- endif -%}
            {%- do run_query('begin; ' ~ alter ~ 'validate constraint ' ~ name ~ '; commit;') -%}
            {%- do state.references.update({reference.name: reference.ddl}) -%}
        {%- endfor -%}
        {%- if state.primary_key -%}
            {%- do run_query('begin; ' ~ contract_state_ddl(relation, state) ~ ' commit;') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if problems -%}{{ exceptions.raise_compiler_error(problems | join('\n')) }}{%- endif -%}
{%- endmacro %}
