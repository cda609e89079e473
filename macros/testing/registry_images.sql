{#-
    Every row of the registry, as its seed says it (`is_said`) and as its table shows it: registry, key, cells. The cells
    are those that both have, read by their types; the key is made of those of the natural key that both have. Retired
    rows, implied usages and what the models show to depend on what are left out of what tables show.

    Example: with images as ({{ registry_images(graph) }})
-#}
{% macro registry_images(graph) -%}
    {%- set nodes = {} -%}
    {%- for node in graph.get('nodes', {}).values() if node.resource_type in ('model', 'seed') -%}
        {%- do nodes.update({node.schema ~ '__' ~ node.alias: node}) -%}
    {%- endfor -%}
    {%- set selects = [] -%}
    {%- for name in nodes | sort if '__seed_' in name and name.replace('__seed_', '__') in nodes -%}
        {%- set image = name.replace('__seed_', '__') -%}
        {%- set said, shown, key = [], [], [] -%}
        {#- The table of dependencies names fields by their ids, and also holds what `qios lineage` tells. -#}
        {%- set of_fields = image == 'qieos__field_dependencies' -%}
        {%- if of_fields -%}{%- do key.extend(['field_key', 'depends_on']) -%}{%- endif -%}
        {%- if image == 'qieos__tables' -%}{%- do key.append('schema_name') -%}{%- endif -%}
        {%- for column in nodes[image].columns.values()
            if column.name in nodes[name].columns and column.name != 'deprecated_at'
            and column.config.meta.get('written_by', 'dbt') == 'dbt' -%}
            {%- set quoted = adapter.quote(column.name) -%}
            {%- do said.append(seed_value(quoted, column.data_type)) -%}
            {%- do shown.append(quoted) -%}
            {%- if column.name in nodes[name].config.meta.natural_key -%}{%- do key.append(quoted) -%}{%- endif -%}
        {%- endfor -%}
        {%- set registry = sql_literal(image.replace('__', '.')) ~ ' as registry, ' -%}
        {%- set own -%}
            {%- if image == 'qieos__field_usages' %} and (
                column_name not in (select column_name from {{ ref('qieos__seed_implied_columns') }})
                or (schema_name, table_name, column_name) in (
                    select schema_name, table_name, column_name from {{ ref(name) }}
                )
            )
            {%- elif of_fields %} and told_by = 'declared'
            {%- endif -%}
        {%- endset -%}
        {%- set rows -%}
            {%- if of_fields -%}(
                select dependency.*, taker.field_key, giver.field_key as depends_on
                from {{ ref(image) }} as dependency
                left join {{ ref('qieos__fields') }} as taker on taker.id = dependency.field_id
                left join {{ ref('qieos__fields') }} as giver on giver.id = dependency.depends_on_field_id
            ) as dependency
            {%- elif image == 'qieos__tables' -%}(
                select relation.*, home.schema_name
                from {{ ref(image) }} as relation
                left join {{ ref('qieos__schemas') }} as home on home.id = relation.schema_id
            ) as relation
            {%- else -%}{{ ref(image) }}
            {%- endif -%}
        {%- endset -%}
        {%- set key = "concat_ws('.', null, " ~ (key or ['null']) | join(', ') ~ ') as key, ' -%}
        {%- do selects.append(
            'select ' ~ registry ~ key ~ 'true as is_said, row(' ~ said | join(', ') ~ ')::text as cells from ' ~ ref(name)
        ) -%}
        {%- do selects.append(
            'select ' ~ registry ~ key ~ 'false as is_said, row(' ~ shown | join(', ') ~ ')::text as cells from '
            ~ rows ~ ' where deprecated_at is null' ~ own
        ) -%}
    {%- endfor -%}
    {{ return(selects | join('\n    union all\n    ') or "select '' as registry, '' as key, true as is_said, '' as cells") }}
{%- endmacro %}
