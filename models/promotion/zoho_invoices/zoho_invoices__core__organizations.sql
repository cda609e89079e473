with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

final as (
    select
        {{ stable_id(["'core.organizations'", 'customer_entity_id']) }} as id,
        customer_entity_id as entity_id,
        coalesce(customer_name, company_name, customer_external_id) as name,
        company_name as legal_name,
        tax_id,
        source_system,
        source_file_id,
        import_batch_id
    from customers
    where customer_type = 'organization'
)

select * from final
