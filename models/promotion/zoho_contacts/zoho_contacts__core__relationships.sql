{{ contact_relationships(ref('staging__zoho_contacts')) }}
