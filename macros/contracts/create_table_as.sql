{#-
    dbt's own hook for creating a table, overridden for governed tables: the table is made from its
    contract, and its first rows come in by the same upsert as all later ones.
-#}
{% macro postgres__create_table_as(temporary, relation, sql) -%}
    {%- if temporary -%}
        create temporary table {{ relation }} as (
            {{ sql }}
        );
    {%- elif config.get('contract').enforced -%}
        {{ create_governed_table(relation, contract_of(model)) }}
        {{ upsert_changed(relation, '(' ~ sql ~ ')', get_columns_in_query(sql)) }}
    {%- else -%}
        create table {{ relation }} as (
            {{ sql }}
        );
    {%- endif -%}
{%- endmacro %}
