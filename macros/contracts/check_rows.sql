{#-
    Refuses a new check that live rows contradict, with their number. Rows cannot contradict a check on a
    column that the same plan only adds, so such a check is not tried.

    Example: check_rows(this, 'people_gender_check', "gender in ('f', 'm')", contract, plan)
-#}
{% macro check_rows(relation, name, expression, contract, plan) -%}
    {%- set live = live_columns(relation, contract) -%}
    {%- for column in contract.columns.values()
        if live[column.name].live is none and modules.re.search('\\b' ~ column.name ~ '\\b', expression) -%}
        {{ return('') }}
    {%- endfor -%}
    {%- set against = run_query('select count(*) as n from ' ~ relation ~ ' where not (' ~ expression ~ ')').rows[0]['n'] -%}
    {%- if against > 0 -%}
        {%- do plan.problems.append(finding(
            'R1302', relation.schema ~ '.' ~ relation.identifier ~ '.' ~ name,
            against ~ ' rows contradict the new check: ' ~ expression,
            'correct those rows first, or allow their values in the registry'
        )) -%}
    {%- endif -%}
{%- endmacro %}
