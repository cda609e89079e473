{%- set tables = {
    'core__entities': 'id',
    'core__people': 'entity_id',
    'core__organizations': 'entity_id',
    'core__locations': 'entity_id',
    'core__identifiers': 'entity_id',
    'core__relationships': 'source_entity_id',
    'qiconnect__external_ids': 'entity_id',
} -%}
with

contacts as (
    select * from {{ ref('staging__zoho_contacts') }}
    where review_status = 'promoting'
),

-- Both entities that one contact's row speaks of.
spoken_of as (
    select
        import_batch_id,
        source_file_id,
        row_number,
        source_system,
        entity_id
    from contacts
    union all
    select
        import_batch_id,
        source_file_id,
        row_number,
        source_system,
        organization_entity_id as entity_id
    from contacts
    where organization_entity_id is not null
),

targets as (
    {% for model_name, entity_column in tables.items() -%}
    select
        spoken_of.import_batch_id,
        spoken_of.source_file_id,
        spoken_of.row_number,
        spoken_of.source_system,
        spoken_of.entity_id,
        '{{ model_name.split('__')[0] }}' as target_schema,
        '{{ model_name.split('__')[1] }}' as target_table,
        target.id as target_id
    from spoken_of
    inner join {{ ref(model_name) }} as target
        on target.{{ entity_column }} = spoken_of.entity_id and target.source_system = spoken_of.source_system
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

final as (
    select
        {{ stable_id(["'qinexus.source_entity_links'", 'import_batch_id', 'row_number', 'target_id']) }} as id,
        *
    from targets
)

select * from final
