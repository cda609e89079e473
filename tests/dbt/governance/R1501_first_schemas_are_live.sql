{{ after_everything() }}
-- The initial set of section 15, as the specification lists it.
select
    'R1501' as rule_code,
    first_set.schema_name as object,
    'belongs to the first approved set, but is not live and active' as detail
from (
    values
    ('core'), ('qieos'), ('qisystem'), ('qinexus'), ('qiaccess'), ('qilife'), ('qiconnect'), ('qiserver'), ('qivault'),
    ('staging')
) as first_set (schema_name)
left join {{ ref('qieos__schemas') }} as approved
    on approved.schema_name = first_set.schema_name and approved.status = 'active'
where approved.id is null or to_regnamespace(first_set.schema_name) is null
