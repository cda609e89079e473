with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

accounts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'organization_entity_id') }}
),

known_ids as (
    select
        'contact' as external_type,
        external_id,
        entity_id,
        source_system,
        source_file_id,
        import_batch_id
    from contacts
    where external_id is not null
    union all
    select
        'account' as external_type,
        organization_external_id as external_id,
        organization_entity_id as entity_id,
        source_system,
        source_file_id,
        import_batch_id
    from accounts
    where organization_external_id is not null
),

final as (
    select
        {{ stable_id([
            "'qiconnect.external_ids'", 'providers.provider_key', 'known_ids.external_type', 'known_ids.external_id'
        ]) }} as id,
        providers.id as provider_id,
        known_ids.*
    from known_ids
    inner join {{ ref('qinexus__sources') }} as sources on sources.source_key = known_ids.source_system
    inner join {{ ref('qiconnect__providers') }} as providers on providers.provider_key = sources.provider_key
)

select * from final
