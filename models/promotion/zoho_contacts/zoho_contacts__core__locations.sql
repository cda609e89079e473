{{ contact_locations(ref('staging__zoho_contacts'), 'location_type', {'mailing': 'mailing', 'other': 'other'}) }}
