with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

final as (
    select
        customer_entity_id as id,
        customer_type as entity_type,
        coalesce(customer_name, customer_external_id) as display_name,
        source_system || ':customer:' || coalesce(customer_external_id, lower(customer_name)) as external_key,
        source_system,
        source_file_id,
        import_batch_id
    from customers
)

select * from final
