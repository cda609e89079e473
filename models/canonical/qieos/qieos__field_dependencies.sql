-- depends_on: {{ ref('qieos__fields') }}
-- depends_on: {{ ref('qieos__seed_field_dependencies') }}
-- depends_on: {{ ref('qieos__seed_column_flows') }}
-- depends_on: {{ ref('qieos__seed_field_usages') }}
{% set told %}
(
    select
        field_key,
        depends_on,
        kind,
        'declared' as told_by,
        deprecated_at,
        notes
    from {{ ref('qieos__seed_field_dependencies') }}
    union all
    -- Of the flows between columns of the same two fields the plainest kind.
    select
        taker.field_key,
        giver.field_key as depends_on,
        min(flow.kind) as kind,
        'lineage' as told_by,
        null as deprecated_at,
        null as notes
    from {{ ref('qieos__seed_column_flows') }} as flow
    inner join {{ ref('qieos__seed_field_usages') }} as taker
        on taker.schema_name = flow.schema_name
            and taker.table_name = flow.table_name
            and taker.column_name = flow.column_name
    inner join {{ ref('qieos__seed_field_usages') }} as giver
        on concat_ws('.', giver.schema_name, giver.table_name, giver.column_name) = flow.from_column
    where taker.field_key <> giver.field_key
        and not exists (
            select 1
            from {{ ref('qieos__seed_field_dependencies') }} as declared
            where declared.field_key = taker.field_key
                and declared.depends_on = giver.field_key
        )
    group by taker.field_key, giver.field_key
) as told
{% endset %}
{{ registry_image(told, resolved={
    'field_id': registry_key('qieos.fields', ['field_key']),
    'depends_on_field_id': registry_key('qieos.fields', ['depends_on']),
}) }}
