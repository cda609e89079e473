{{ notion_people(ref('staging__notion_tasks'), 'assignees') }}
