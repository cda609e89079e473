{#-
    Adds to a plan, ahead of all else, what takes away the foreign keys that lean on a key which is about to
    change. Their tables' states forget them, so that apply_references() adds them anew at the end of this run.

    Example: release_references(this, 'modules_module_key_key', {'statements': ["set local …"], 'problems': []})
-#}
{% macro release_references(relation, key_name, plan) -%}
    {%- set query -%}
        select leaning.conname as name, leaning.conrelid::regclass::text as relation
        from pg_catalog.pg_constraint as key
        inner join pg_catalog.pg_constraint as leaning
            on leaning.confrelid = key.conrelid and leaning.conindid = key.conindid and leaning.contype = 'f'
        where key.conrelid = to_regclass({{ sql_literal(relation.include(database=false)) }})
            and key.conname = {{ sql_literal(key_name) }}
        order by 2, 1
    {%- endset -%}
    {%- set states = {} -%}
    {%- for row in run_query(query).rows -%}
        {%- if row['relation'] not in states -%}
            {%- do states.update({row['relation']: contract_state(row['relation'])}) -%}
        {%- endif -%}
        {%- do states[row['relation']].references.pop(row['name'], none) -%}
        {%- do plan.statements.insert(1, 'alter table ' ~ row['relation'] ~ ' drop constraint ' ~ adapter.quote(row['name'])) -%}
    {%- endfor -%}
    {%- for other, state in states.items() if state.primary_key -%}
        {%- do plan.statements.insert(1, contract_state_ddl(other, state) | trim | trim(';')) -%}
    {%- endfor -%}
{%- endmacro %}
