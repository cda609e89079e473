{#-
    Adds the removal of a formerly registered column to a plan. A column that holds values goes only when
    the registry retires it (deprecated_at on its usage), and then its values are archived first.

    Example: drop_column(this, 'nickname', retired=true, plan=plan)
-#}
{% macro drop_column(relation, name, retired, plan) -%}
    {%- set query -%}
        select count({{ adapter.quote(name) }}) as n from {{ relation }}
    {%- endset -%}
    {%- set values_held = run_query(query).rows[0]['n'] -%}
    {%- if values_held > 0 and not retired -%}
        {%- do plan.problems.append(finding(
            'R0704', relation.schema ~ '.' ~ relation.identifier ~ '.' ~ name,
            'left the registry, but ' ~ values_held ~ ' rows hold a value in it',
            'put its row back into seeds/qieos/qieos__seed_field_usages.csv and set deprecated_at there: '
            ~ 'the values are then kept in qinexus.archived_values before the column goes'
        )) -%}
    {%- endif -%}
    {%- if values_held > 0 and retired -%}
        {%- do plan.statements.append(
            'insert into qinexus.archived_values (target_schema, target_table, target_id, column_name, "value")'
            ~ ' select ' ~ sql_literal(relation.schema) ~ ', ' ~ sql_literal(relation.identifier)
            ~ ', id, ' ~ sql_literal(name) ~ ', ' ~ adapter.quote(name) ~ '::text from ' ~ relation
            ~ ' where ' ~ adapter.quote(name) ~ ' is not null'
        ) -%}
    {%- endif -%}
    {%- do plan.statements.append('alter table ' ~ relation ~ ' drop column ' ~ adapter.quote(name)) -%}
{%- endmacro %}
