select
    'R1202' as rule_code,
    given.relationship_type as object,
    'its inverse ' || coalesce(given.inverse, '(none)') || ' does not name it back' as detail
from {{ ref('qieos__relationship_types') }} as given
left join {{ ref('qieos__relationship_types') }} as inverse
    on inverse.relationship_type = given.inverse and inverse.deprecated_at is null
where given.deprecated_at is null and inverse.inverse is distinct from given.relationship_type
