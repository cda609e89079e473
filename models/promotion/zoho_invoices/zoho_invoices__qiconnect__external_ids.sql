with

customers as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'customer_entity_id') }}
),

final as (
    select
        {{ stable_id([
            "'qiconnect.external_ids'", 'providers.provider_key', "'customer'", 'customers.customer_external_id'
        ]) }} as id,
        providers.id as provider_id,
        'customer' as external_type,
        customers.customer_external_id as external_id,
        customers.customer_entity_id as entity_id,
        customers.source_system,
        customers.source_file_id,
        customers.import_batch_id
    from customers
    inner join {{ ref('qinexus__sources') }} as sources on sources.source_key = customers.source_system
    inner join {{ ref('qiconnect__providers') }} as providers on providers.provider_key = sources.provider_key
    where customers.customer_external_id is not null
)

select * from final
