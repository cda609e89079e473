{{ provider_ids(ref('staging__notion_tasks'), {'page': {'id': 'external_id', 'entity': 'entity_id'}}) }}
