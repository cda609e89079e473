with

invoices as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'event_id') }}
),

invoice_lines as (
    {{ promoting_rows(ref('staging__zoho_invoices'), 'line_id') }}
),

events as (
    select id from {{ ref('zoho_invoices__qilife__financial_events') }}
    where ended_at is null
),

given as (
    select
        invoice_lines.line_id as id,
        invoice_lines.event_id as financial_event_id,
        invoice_lines.line_number,
        invoice_lines.item_name,
        invoice_lines.item_description as description,
        invoice_lines.category,
        invoice_lines.quantity,
        invoice_lines.unit,
        invoice_lines.unit_price,
        invoice_lines.discount_amount,
        invoice_lines.tax_amount,
        invoice_lines.item_total as amount,
        null::timestamptz as ended_at,
        invoice_lines.source_system,
        invoice_lines.source_file_id,
        invoice_lines.import_batch_id
    from invoice_lines
    inner join events on events.id = invoice_lines.event_id
    inner join invoices on invoices.event_id = invoice_lines.event_id
    where invoice_lines.line_number <= invoices.line_count and invoice_lines.item_total is not null
),

-- From this line on an invoice has none: behind its last line, or from its first where it is no event.
withdrawn as (
    select
        null::uuid as id,
        event_id as financial_event_id,
        case when status in ('draft', 'void') then 1 else line_count + 1 end as line_number,
        null as item_name,
        null as description,
        null as category,
        null::numeric as quantity,
        null as unit,
        null::numeric as unit_price,
        null::numeric as discount_amount,
        null::numeric as tax_amount,
        null::numeric as amount,
        created_at as ended_at,
        source_system,
        source_file_id,
        import_batch_id
    from invoices
),

final as (
    select * from given
    union all
    select * from withdrawn
)

select * from final
