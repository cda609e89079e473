with

totals as (
    select
        import_batch_id,
        external_id,
        invoice_number,
        max(total) as total,
        {{ invoice_lines_total() }} as lines_total,
        max(line_count) as line_count,
        count(*) as lines_staged
    from {{ ref('staging__zoho_invoices') }}
    group by import_batch_id, event_id, external_id, invoice_number
),

final as (
    select
        import_batch_id,
        external_id,
        invoice_number,
        total,
        lines_total,
        total - lines_total as difference,
        line_count,
        lines_staged
    from totals
)

select * from final
