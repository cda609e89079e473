with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

final as (
    select
        {{ stable_id(["'core.people'", 'customer_entity_id']) }} as id,
        customer_entity_id as entity_id,
        coalesce(customer_name, customer_external_id) as full_name,
        source_system,
        source_file_id,
        import_batch_id
    from customers
    where customer_type = 'person'
)

select * from final
