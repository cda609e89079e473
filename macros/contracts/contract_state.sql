{#-
    The contract that a live table was last brought to. It stands as a comment on the primary key:
    with the table, in every dump, and out of the way of the table's own comment. Of a table that lost its
    primary key nothing is known.

    read:  contract_state('"core"."people"') → {hash, columns, objects, references, primary_key}, none without a table
    write: contract_state_ddl(relation, state)
-#}
{% macro contract_state(relation) -%}
    {%- set query -%}
        select conname, obj_description(key.oid, 'pg_constraint') as state
        from pg_catalog.pg_class as relation
        left join pg_catalog.pg_constraint as key on conrelid = relation.oid and contype = 'p'
        where relation.oid = to_regclass({{ sql_literal(relation) }}) and relkind = 'r'
    {%- endset -%}
    {%- set rows = run_query(query).rows -%}
    {%- if rows and rows[0]['state'] and rows[0]['state'].startswith('{') -%}
        {%- set state = fromjson(rows[0]['state']) -%}
        {%- do state.update({'primary_key': rows[0]['conname']}) -%}
        {{ return(state) }}
    {%- elif rows -%}
        {{ return({'hash': none, 'columns': [], 'objects': {}, 'references': {}, 'primary_key': rows[0]['conname']}) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{% macro contract_state_ddl(relation, state) -%}
    {%- set kept = {
        'hash': state.hash,
        'columns': state.columns,
        'objects': state.objects,
        'references': state.references,
    } -%}
    comment on constraint {{ adapter.quote(state.primary_key) }} on {{ relation }} is {{ sql_literal(tojson(kept)) }};
{%- endmacro %}
