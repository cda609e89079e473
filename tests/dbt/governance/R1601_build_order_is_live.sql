{{ after_everything() }}
-- The tables of the five phases of section 16, as the specification lists them.
select
    'R1601' as rule_code,
    phase.table_name as object,
    'belongs to phase ' || phase.number || ' of the build order, but is not live' as detail
from (
    values
    (1, 'qieos.schemas'), (1, 'qieos.tables'), (1, 'qieos.fields'), (1, 'qieos.field_usages'),
    (1, 'qieos.relationship_types'), (1, 'qieos.statuses'),
    (2, 'core.entities'), (2, 'core.people'), (2, 'core.organizations'), (2, 'core.identifiers'),
    (2, 'core.relationships'), (2, 'core.tags'),
    (3, 'qinexus.sources'), (3, 'qinexus.files'), (3, 'qinexus.import_batches'), (3, 'qinexus.import_files'),
    (4, 'qiaccess.capture_events'), (4, 'staging.import_rows'),
    (5, 'qisystem.modules'), (5, 'qisystem.apps'), (5, 'qiserver.hosts'), (5, 'qiserver.services'),
    (5, 'qiserver.health_checks')
) as phase (number, table_name)
where to_regclass(phase.table_name) is null
