{#-
    The contract that a live table was last brought to. It stands as a comment on the primary key:
    with the table, in every dump, and out of the way of the table's own comment. Of a table that lost its
    primary key nothing is known.

    read:  contract_state('"core"."people"') → {hash, columns, objects, references, sealed, primary_key}, none without
           a table; `sealed` is the hash of each object as the build left it, by name
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
        {%- do state.update({'primary_key': rows[0]['conname'], 'sealed': state.get('sealed', {})}) -%}
        {{ return(state) }}
    {%- elif rows -%}
        {{ return({
            'hash': none, 'columns': [], 'objects': {}, 'references': {}, 'sealed': {},
            'primary_key': rows[0]['conname'],
        }) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{#- `sealed` is taken from the catalog, where the state does not bring it along. -#}
{% macro contract_state_ddl(relation, state) -%}
    {%- set kept = {
        'hash': state.hash,
        'columns': state.columns,
        'objects': state.objects,
        'references': state.references,
        'sealed': state.sealed,
    } -%}
    do $state$ begin
        execute format(
            'comment on constraint %I on {{ relation }} is %L',
            {{ sql_literal(state.primary_key) }},
            {{ sql_literal(tojson(kept)) }}::jsonb
            {%- if state.sealed is none %} || jsonb_build_object('sealed', (
                select jsonb_object_agg(object.name, object.hash) from (
                    {{ live_objects_sql(sql_literal(relation)) }}
                ) as object
            ))
            {%- endif %}
        );
    end $state$;
{%- endmacro %}
