{#-
    The hash of everything that makes a node: where it lies, what it is, its columns, and of a seed its file. It is
    written into the contract as `contract_hash` by contract_seal() in scripts/qios/registry/contracts.py, from the
    registry; a test holds the two together.

    Example: contract_seal(node) == node.config.meta.contract_hash
-#}
{% macro contract_seal(node) -%}
    {%- set meta = {} -%}
    {%- for key, value in node.config.meta.items() if key != 'contract_hash' -%}
        {%- do meta.update({key: value}) -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for column in node.columns.values() -%}
        {%- do columns.append([
            column.name, column.data_type, column.description, column.constraints | length, column.config.meta
        ]) -%}
    {%- endfor -%}
    {{ return(local_md5(tojson([
        node.name,
        node.schema,
        node.alias,
        node.config.materialized,
        node.checksum.checksum if node.resource_type == 'seed' else none,
        node.description,
        meta,
        columns,
    ], sort_keys=true))) }}
{%- endmacro %}
