{#-
    Adds a new column to a plan; a required one without default is refused where rows exist.

    Example: add_column(this, contract.columns.nickname, plan)
-#}
{% macro add_column(relation, column, plan) -%}
    {%- if column.not_null and not column.default -%}
        {%- set rows = run_query('select count(*) as n from ' ~ relation).rows[0]['n'] -%}
        {%- if rows > 0 -%}
            {%- do plan.problems.append(finding(
                'R0704', relation.schema ~ '.' ~ relation.identifier ~ '.' ~ column.name,
                'is required and has no default, but the table holds ' ~ rows ~ ' rows',
                'give it a default_value in seeds/qieos/qieos__seed_field_usages.csv, or do not require it'
            )) -%}
        {%- endif -%}
    {%- endif -%}
    {%- do plan.statements.append('alter table ' ~ relation ~ ' add column ' ~ column_ddl(column)) -%}
{%- endmacro %}
