-- depends_on: {{ ref('core__entities') }}
-- depends_on: {{ ref('qieos__relationship_types') }}
with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

employments as (
    select
        entity_id as source_entity_id,
        organization_entity_id as target_entity_id,
        'works_for' as relationship_type,
        source_system,
        source_file_id,
        import_batch_id
    from contacts
    where organization_entity_id is not null
),

final as (
    select
        {{ stable_id(["'core.relationships'", 'source_entity_id', 'relationship_type']) }} as id,
        *
    from employments
)

select * from final
