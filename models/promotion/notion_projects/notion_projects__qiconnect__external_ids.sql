{{ provider_ids(ref('staging__notion_projects'), {'page': {'id': 'external_id', 'entity': 'entity_id'}}) }}
