with

invoices as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'event_id') }}
),

final as (
    select
        event_id as id,
        'invoice' as event_type,
        invoice_date as occurred_on,
        due_on,
        abs(total) as amount,
        currency,
        case when total < 0 then 'outflow' else 'inflow' end as direction,
        balance as open_amount,
        exchange_rate,
        customer_name as counterparty_name,
        customer_entity_id as counterparty_entity_id,
        subject as description,
        invoice_number,
        purchase_order as transaction_reference,
        source_system || ':invoice:' || coalesce(external_id, invoice_number) as external_key,
        status,
        line_count,
        -- A draft or void invoice is no event; what was one before ends.
        case when status in ('draft', 'void') then created_at end as ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from invoices
    where status in ('draft', 'void') or (status is not null and num_nulls(invoice_date, total, currency) = 0)
)

select * from final
