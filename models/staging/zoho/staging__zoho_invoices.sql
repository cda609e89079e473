with

invoice_lines as (
    {{ typed_rows('zoho_invoices', ref('staging__zoho_invoices_raw')) }}
),

understood as (
    select
        *,
        coalesce(external_id, invoice_number) as invoice_key,
        case
            when invoice_status in ('draft', 'pending approval', 'pending_approval', 'rejected') then 'draft'
            when invoice_status in ('sent', 'approved', 'viewed', 'unpaid', 'open') then 'issued'
            when invoice_status = 'overdue' then 'overdue'
            when invoice_status in ('partially paid', 'partially_paid', 'partiallypaid') then 'partially_paid'
            -- Which of the two words means paid depends on the edition.
            when invoice_status in ('paid', 'closed') then 'paid'
            when invoice_status in ('void', 'voided') then 'void'
        end as status,
        case
            when
                coalesce(company_name, tax_id) is not null
                or tax_treatment like 'business%'
                or customer_name ~* '\m(inc|llc|llp|ltd|limited|plc|gmbh|ag|corp|corporation|company|pty)\.?$'
                or customer_name ~* '\m(s\.?a|b\.?v)\.?$'
                then 'organization'
            else 'person'
        end as customer_type
    from invoice_lines
),

final as (
    select
        {{ row_identity() }},
        source_system,
        {{ stable_id(["'qilife.financial_events'", 'source_system', "'invoice'", 'invoice_key']) }} as event_id,
        {{ stable_id(["'qilife.financial_event_lines'", 'source_system', "'invoice'", 'invoice_key', 'line_number']) }}
            as line_id,
        case
            when customer_external_id is not null
                then {{ stable_id(["'core.entities'", 'source_system', "'customer'", 'customer_external_id']) }}
            -- A customer without an id is known by its name alone.
            when customer_name is not null
                then {{ stable_id(["'core.entities'", 'source_system', "'customer name'", 'lower(customer_name)']) }}
        end as customer_entity_id,
        customer_type,
        external_id,
        line_number,
        line_count,
        invoice_number,
        invoice_status,
        status,
        customer_external_id,
        customer_name,
        company_name,
        tax_id,
        tax_treatment,
        invoice_date,
        due_on,
        currency,
        exchange_rate,
        subtotal,
        total,
        balance,
        adjustment,
        round_off,
        shipping_charge,
        invoice_discount,
        is_inclusive_tax,
        item_name,
        item_description,
        quantity,
        unit,
        unit_price,
        discount_amount,
        item_total,
        tax_amount,
        category,
        subject,
        purchase_order,
        email,
        phone,
        mobile_phone,
        fax,
        email_raw,
        phone_raw,
        mobile_phone_raw,
        fax_raw,
        billing_street,
        billing_extended_address,
        billing_locality,
        billing_region,
        billing_postal_code,
        billing_country,
        case
            when status is null and invoice_status is not null
                then array_append(problem_codes, 'unknown_status:invoice_status')
            else problem_codes
        end as problem_codes
    from understood
)

select * from final
