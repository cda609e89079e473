{{ facet_rows(ref('staging__zoho_invoices'), 'core.people', 'customer_entity_id', [
    'coalesce(customer_name, customer_external_id) as full_name',
], kept="customer_type = 'person'") }}
