{#-
    The columns of a contract that follow a merge: {column: facet}. `facet` is none where the column refers to
    an entity, and otherwise {relation, column}: the table with one row for each entity that it refers to,
    and the column there which names the entity. qios.identity.belonging says the same in Python.

    Example: entity_pointers(contract_of(model)).keys() | list → ['project_id', 'assignee_entity_id']
-#}
{% macro entity_pointers(contract) -%}
    {%- set pointers = {} -%}
    {%- for column in contract.columns.values()
        if column.references and column.name != 'canonical_entity_id' and not in_a_key(contract, column.name) -%}
        {%- if column.references == 'core.entities.id' -%}
            {%- do pointers.update({column.name: none}) -%}
        {%- else -%}
            {%- set schema, table, target = column.references.split('.') -%}
            {%- set node = graph.nodes.get('model.' ~ project_name ~ '.' ~ schema ~ '__' ~ table) -%}
            {%- set facet = facet_column(contract_of(node)) if node and target == 'id' else none -%}
            {%- if facet -%}
                {%- do pointers.update({column.name: {'relation': schema ~ '.' ~ table, 'column': facet}}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(pointers) }}
{%- endmacro %}

{#- The column by which each row of a table is the only one of its entity, or none. -#}
{% macro facet_column(contract) -%}
    {%- for column in contract.columns.values()
        if column.references == 'core.entities.id'
        and 'constraint unique ("' ~ column.name ~ '")' in contract.objects.values() -%}
        {{ return(column.name) }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{#- Whether a column belongs to one of the table's unique keys. -#}
{% macro in_a_key(contract, column_name) -%}
    {%- for ddl in contract.objects.values() if 'unique' in ddl and '"' ~ column_name ~ '"' in ddl -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(false) }}
{%- endmacro %}
