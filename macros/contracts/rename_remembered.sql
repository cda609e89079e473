{#-
    Statements that let what is kept of a table's columns follow a rename: corrections, the last word of a source,
    what survivors show, and conflicts that wait. The journal goes on telling of the old name.

    Example: do plan.statements.extend(rename_remembered(this, 'color', 'colour'))
-#}
{% macro rename_remembered(relation, old, new) -%}
    {%- set told = 'target_schema = ' ~ sql_literal(relation.schema) ~ ' and target_table = '
        ~ sql_literal(relation.identifier) -%}
    {%- set old, new = sql_literal(old), sql_literal(new) -%}
    {%- set statements = [] -%}
    {%- if adapter.get_relation(relation.database, 'core', 'corrections') is not none -%}
        {%- do statements.append(
            'update core.corrections set column_name = ' ~ new ~ ' where column_name = ' ~ old ~ ' and ' ~ told
        ) -%}
    {%- endif -%}
    {%- for schema, table, kept in [
        ('qinexus', 'source_values', 'source_values'),
        ('core', 'surviving_values', 'surviving_values'),
        ('core', 'surviving_values', 'own_values'),
        ('qiaccess', 'classification_queue', 'explanation'),
    ] if adapter.get_relation(relation.database, schema, table) is not none -%}
        {%- do statements.append(
            'update ' ~ schema ~ '.' ~ table ~ ' set ' ~ kept ~ ' = ' ~ kept ~ ' - ' ~ old
            ~ ' || jsonb_build_object(' ~ new ~ ', ' ~ kept ~ ' -> ' ~ old ~ ') where jsonb_typeof(' ~ kept
            ~ ") = 'object' and " ~ kept ~ ' ? ' ~ old ~ ' and ' ~ told
        ) -%}
    {%- endfor -%}
    {{ return(statements) }}
{%- endmacro %}
