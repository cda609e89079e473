-- depends_on: {{ ref('qieos__fields') }}
-- depends_on: {{ ref('qieos__tables') }}
with

explicit as (
    select * from {{ ref('qieos__seed_field_usages') }}
),

tables as (
    select
        *,
        case
            when relation_type <> 'table' then 'none'
            when source_of_truth_policy = 'staging' then 'staging'
            else 'canonical'
        end as family
    from {{ ref('qieos__seed_tables') }}
    where deprecated_at is null
),

-- The columns that every table of a family has without a line of its own.
implied as (
    select
        tables.schema_name,
        tables.table_name,
        implied.column_name,
        implied.field_key,
        implied.required,
        null::text as "unique",
        implied.indexed,
        replace(implied.default_value, '{sensitivity_level}', tables.sensitivity_level) as default_value,
        implied."references",
        implied.status_group,
        implied.written_by,
        null::text as renamed_from,
        implied.deprecated_at,
        null::text as usage_notes,
        implied.notes
    from tables
    inner join {{ ref('qieos__seed_implied_columns') }} as implied on implied.applies_to = tables.family
    where not implied.column_name = any(string_to_array(coalesce(tables.metadata_omitted, ''), '|'))
        and not exists (
            select from explicit
            where explicit.schema_name = tables.schema_name
                and explicit.table_name = tables.table_name
                and explicit.column_name = implied.column_name
        )
),

usages as (
    select * from explicit
    union all
    select * from implied
),

final as (
    {{ registry_image('usages', resolved={
        'field_id': registry_key('qieos.fields', ['field_key']),
        'table_id': registry_key('qieos.tables', [registry_key('qieos.schemas', ['schema_name']), 'table_name']),
    }) }}
)

select * from final
