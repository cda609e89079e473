{#-
    The statements that put a contract's descriptions on a table and its columns.

    Example: comments_ddl(this, contract_of(model))
-#}
{% macro comments_ddl(relation, contract) -%}
    comment on table {{ relation }} is {{ sql_literal(contract.description) }};
    {% for column in contract.columns.values() -%}
    comment on column {{ relation }}.{{ adapter.quote(column.name) }} is {{ sql_literal(column.description) }};
    {% endfor %}
{%- endmacro %}
