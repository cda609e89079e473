{{ contact_relationships(ref('staging__google_contacts')) }}
