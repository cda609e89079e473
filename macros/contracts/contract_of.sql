{#-
    What a node's contract says, in the shape that the other contract macros read, and its hash.

    Example: contract_of(model).columns.entity_id.references → 'core.entities.id'
-#}
{% macro contract_of(node) -%}
    {%- set columns = {} -%}
    {%- for column in node.columns.values() -%}
        {%- set meta = column.config.meta if column.config and column.config.meta else column.meta -%}
        {%- do columns.update({column.name: {
            'name': column.name,
            'data_type': column.data_type,
            'description': column.description,
            'not_null': 'not_null' in (column.constraints | map(attribute='type') | map('string') | list),
            'default': meta.get('default'),
            'references': meta.get('references'),
            'renamed_from': meta.get('renamed_from'),
            'written_by': meta.get('written_by', node.config.meta.written_by),
        }}) -%}
    {%- endfor -%}
    {%- set objects = {} -%}
    {%- for constraint in node.constraints -%}
        {%- do objects.update({constraint.name: 'constraint ' ~ constraint_ddl(constraint)}) -%}
    {%- endfor -%}
    {%- for index in node.config.meta.get('secondary_indexes', []) -%}
        {%- do objects.update({index.name: 'index (' ~ quoted_list(index.columns) ~ ')'
            ~ (' where ' ~ index.where if index.where else '')}) -%}
    {%- endfor -%}
    {%- set contract = {
        'description': node.description,
        'columns': columns,
        'objects': objects,
        'retired': node.config.meta.get('retired', []),
    } -%}
    {%- do contract.update({'hash': local_md5(tojson(contract))}) -%}
    {{ return(contract) }}
{%- endmacro %}
