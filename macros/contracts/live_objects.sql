{#-
    A live table's constraints (foreign keys aside), other indexes and triggers: name → PostgreSQL's own text of it,
    and the hash of that text, by which a later change is noticed.

    Example: live_objects(this)['people_pkey'] → {definition: 'PRIMARY KEY (id)', hash: '…'}
-#}
{% macro live_objects(relation) -%}
    {%- set found = {} -%}
    {%- for row in run_query(live_objects_sql(sql_literal(relation.include(database=false)))).rows -%}
        {%- do found.update({row['name']: {'definition': row['definition'], 'hash': row['hash']}}) -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}
