with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

slots as (
    select
        {{ stable_id(["'core.identifiers'", 'customers.customer_entity_id', 'slot.label']) }} as id,
        customers.customer_entity_id as entity_id,
        slot.identifier_type,
        slot.label,
        coalesce(slot.canonical_value, slot.raw_value) as value,
        slot.raw_value,
        true as is_primary,
        customers.source_system,
        customers.source_file_id,
        customers.import_batch_id
    from customers
    cross join lateral (
        values
        ('email', 'email', customers.email, customers.email_raw),
        ('phone', 'phone', customers.phone, customers.phone_raw),
        ('mobile', 'mobile', customers.mobile_phone, customers.mobile_phone_raw),
        ('fax', 'fax', customers.fax, customers.fax_raw)
    ) as slot (identifier_type, label, canonical_value, raw_value)
),

-- An export may leave these columns out, so an empty cell says nothing and ends no slot.
final as (
    select * from slots
    where raw_value is not null
)

select * from final
