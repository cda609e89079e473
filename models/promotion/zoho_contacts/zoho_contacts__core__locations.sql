with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

addresses as (
    select
        contacts.entity_id,
        address.*,
        contacts.created_at,
        contacts.source_system,
        contacts.source_file_id,
        contacts.import_batch_id
    from contacts
    cross join lateral (
        values
        (
            'mailing', contacts.mailing_street, contacts.mailing_locality, contacts.mailing_region,
            contacts.mailing_postal_code, contacts.mailing_country, true
        ),
        (
            'other', contacts.other_street, contacts.other_locality, contacts.other_region,
            contacts.other_postal_code, contacts.other_country, false
        )
    ) as address (location_type, street_address, locality, region, postal_code, country, is_primary)
),

final as (
    select
        {{ stable_id(["'core.locations'", 'entity_id', 'location_type']) }} as id,
        *,
        case
            when coalesce(street_address, locality, region, postal_code, country) is null then created_at
        end as ended_at
    from addresses
)

select * from final
