with

contacts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'entity_id') }}
),

accounts as (
    {{ promoting_rows(ref('staging__google_contacts'), 'organization_entity_id', kept='entity_id is null') }}
),

located as (
    select
        entity_id as owner_id,
        *
    from contacts
    union all
    select
        organization_entity_id as owner_id,
        *
    from accounts
),

addresses as (
    select
        located.owner_id as entity_id,
        address.*,
        located.created_at,
        located.source_system,
        located.source_file_id,
        located.import_batch_id
    from located
    cross join lateral (
        values
        (
            'first address', located.first_street, located.first_extended_address, located.first_post_office_box,
            located.first_locality, located.first_region, located.first_postal_code, located.first_country, true
        ),
        (
            'second address', located.second_street, located.second_extended_address, located.second_post_office_box,
            located.second_locality, located.second_region, located.second_postal_code, located.second_country, false
        )
    ) as address (
        label, street_address, extended_address, post_office_box, locality, region, postal_code, country, is_primary
    )
),

final as (
    select
        {{ stable_id(["'core.locations'", 'entity_id', 'label']) }} as id,
        *,
        case
            when
                coalesce(street_address, extended_address, post_office_box, locality, region, postal_code, country)
                is null
                then created_at
        end as ended_at
    from addresses
)

select * from final
