{{ facet_rows(ref('staging__zoho_invoices'), 'core.organizations', 'customer_entity_id', [
    'coalesce(customer_name, company_name, customer_external_id) as name',
    'company_name as legal_name',
    'tax_id',
], kept="customer_type = 'organization'") }}
