with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

-- An export may leave these columns out, so empty cells say nothing and end no address.
final as (
    select
        {{ stable_id(["'core.locations'", 'customer_entity_id', "'billing'"]) }} as id,
        customer_entity_id as entity_id,
        'billing' as location_type,
        billing_street as street_address,
        billing_extended_address as extended_address,
        billing_locality as locality,
        billing_region as region,
        billing_postal_code as postal_code,
        billing_country as country,
        true as is_primary,
        source_system,
        source_file_id,
        import_batch_id
    from customers
    where
        coalesce(billing_street, billing_locality, billing_region, billing_postal_code, billing_country) is not null
)

select * from final
