{#-
    What a node's contract says, in the shape that the other contract macros read. Keys, checks, indexes,
    foreign keys and the hash of it all are worked out by `qios contracts`.

    Example: contract_of(model).columns.entity_id.data_type → 'uuid'
-#}
{% macro contract_of(node) -%}
    {%- set columns = {} -%}
    {%- for column in node.columns.values() -%}
        {%- set meta = column.config.meta if column.config and column.config.meta else column.meta -%}
        {%- do columns.update({column.name: {
            'name': column.name,
            'data_type': column.data_type,
            'description': column.description,
            'not_null': column.constraints | length > 0,
            'default': meta.get('default'),
            'references': meta.get('references'),
            'renamed_from': meta.get('renamed_from'),
            'written_by': meta.get('written_by', node.config.meta.written_by),
        }}) -%}
    {%- endfor -%}
    {{ return({
        'hash': node.config.meta.contract_hash,
        'primary_key': node.config.meta.get('objects', {}) | first,
        'description': node.description,
        'columns': columns,
        'objects': node.config.meta.get('objects', {}),
        'references': node.config.meta.get('references', {}),
        'retired': node.config.meta.get('retired', []),
    }) }}
{%- endmacro %}
