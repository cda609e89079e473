{{ notion_people(ref('staging__notion_projects'), 'owners') }}
