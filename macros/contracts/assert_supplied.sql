{#-
    A model gives only columns of its contract, and all that dbt must give: the key, and what is required
    without a default.

    Example: assert_supplied(contract_of(model), ['id', 'full_name'])
-#}
{% macro assert_supplied(contract, supplied) -%}
    {%- set problems = [] -%}
    {%- for name in supplied if name not in contract.columns -%}
        {%- do problems.append(finding(
            'R0703', model.name ~ '.' ~ name, 'the model gives a column that its contract does not have',
            'register the column in seeds/qieos/qieos__seed_field_usages.csv, or take it out of the model'
        )) -%}
    {%- endfor -%}
    {%- for column in contract.columns.values()
        if column.name not in supplied and column.not_null and not column.default -%}
        {%- do problems.append(finding(
            'R0704', model.name ~ '.' ~ column.name, 'is required, has no default, and the model does not give it',
            'select it in the model'
        )) -%}
    {%- endfor -%}
    {%- if problems -%}{{ exceptions.raise_compiler_error(problems | join('\n')) }}{%- endif -%}
{%- endmacro %}
