with

said as (
    {{ notion_relationships(ref('staging__notion_projects'), [
        {'list': 'parent_projects', 'type': 'part_of'},
        {'list': 'blocked_by', 'type': 'depends_on'},
        {'list': 'blocking', 'type': 'depends_on', 'of_them': true},
        {'list': 'owners', 'type': 'assigned_to', 'kind': 'person'},
    ]) }}
),

-- A page that no export has held yet cannot be an end of a relationship.
final as (
    select said.*
    from said
    where {{ last_word_of('said.source_entity_id') }} is not null
        and {{ last_word_of('said.target_entity_id') }} is not null
)

select * from final
