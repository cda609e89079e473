-- depends_on: {{ ref('core__entities') }}
with

contacts as (
    {{ promoting_rows(ref('staging__zoho_contacts'), 'entity_id') }}
),

addresses as (
    select
        contacts.entity_id,
        address.*,
        contacts.source_system,
        contacts.source_file_id,
        contacts.import_batch_id
    from contacts
    cross join lateral (
        values
        (
            'mailing', mailing_street, mailing_locality, mailing_region, mailing_postal_code, mailing_country, true
        ),
        (
            'other', other_street, other_locality, other_region, other_postal_code, other_country, false
        )
    ) as address (location_type, street_address, locality, region, postal_code, country, is_primary)
),

final as (
    select
        {{ stable_id(["'core.locations'", 'entity_id', 'location_type']) }} as id,
        *
    from addresses
    where coalesce(street_address, locality, region, postal_code, country) is not null
)

select * from final
