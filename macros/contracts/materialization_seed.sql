{#-
    dbt's seed, loaded only when its file, its columns' types or its table changed: the registry is read in
    every build, and most builds change none of it. The file's checksum and the table's content stand as
    comment on the index of the natural key; what a hand changed in the table is loaded over.
-#}
{% materialization seed, adapter='postgres' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set old_relation = load_cached_relation(this) -%}
    {%- set index = model.alias ~ '_natural_key_idx' -%}
    {%- set file = local_md5(model.checksum.checksum ~ tojson(model.config.column_types) ~ model.description ~ model.columns) -%}

    {% if old_relation is none or flags.FULL_REFRESH or seed_state(this, index) != file %}
        {%- set agate_table = load_agate_table() -%}
        {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}
        {% if old_relation is not none %}{% do adapter.drop_relation(old_relation) %}{% endif %}
        {% set create_table_sql = create_csv_table(model, agate_table) %}
        {% set insert_sql = load_csv_rows(model, agate_table) if agate_table.rows | length > 0 else '' %}
        {% do persist_docs(target_relation, model) %}
        {% call statement('index') %}
            create index {{ adapter.quote(index) }} on {{ this }} ({{ quoted_list(model.config.meta.natural_key) }});
            do $$ begin execute format(
                'comment on index {{ this.schema }}.{{ adapter.quote(index) }} is %L',
                {{ sql_literal(file) }} || ' ' || ({{ seed_content(this) }})
            ); end $$;
        {% endcall %}
        {% call noop_statement('main', 'INSERT ' ~ agate_table.rows | length, 'INSERT', agate_table.rows | length) %}
            {{ get_csv_sql(create_table_sql, insert_sql) }}
        {% endcall %}
        {{ adapter.commit() }}
    {% else %}
        {#- dbt asks every seed for the table it read; this one read none. -#}
        {%- do store_result('agate_table', response='unchanged', agate_table=run_query('select null as nothing where false')) -%}
        {% call noop_statement('main', 'unchanged') %}{% endcall %}
    {% endif %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{#- The checksum of the file that a seed's table was loaded from; empty where the table is not as loaded. -#}
{% macro seed_state(relation, index) -%}
    {%- set query -%}
        select split_part(state.text, ' ', 1) as file
        from (
            select obj_description(to_regclass('{{ relation.schema }}.{{ adapter.quote(index) }}'), 'pg_class') as text
        ) as state
        where split_part(state.text, ' ', 2) = ({{ seed_content(relation) }})
    {%- endset -%}
    {%- set rows = run_query(query).rows -%}
    {{ return(rows[0]['file'] if rows else '') }}
{%- endmacro %}

{#- A digest of all rows of a table, whatever their order, as a scalar query. -#}
{% macro seed_content(relation) -%}
    select md5(coalesce(string_agg(loaded::text, chr(10) order by loaded::text), '')) from {{ relation }} as loaded
{%- endmacro %}
