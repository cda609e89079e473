-- The keys by which one registry names a row of another, where no foreign key can say it: groups and lists.
with

named as (
    select 'qieos.field_usages' as registry, schema_name || '.' || table_name || '.' || column_name as row_key,
        'status_group' as column_name, status_group as key,
        exists (
            select from {{ ref('qieos__statuses') }} as known
            where known.status_group = usage.status_group and known.deprecated_at is null
        ) as known
    from {{ ref('qieos__field_usages') }} as usage
    where status_group is not null and deprecated_at is null
    union all
    select 'qieos.statuses', status_group || '.' || status_key, 'allowed_next', next_key,
        exists (
            select from {{ ref('qieos__statuses') }} as known
            where known.status_group = status.status_group
                and known.status_key = next_key
                and known.deprecated_at is null
        )
    from {{ ref('qieos__statuses') }} as status
    cross join lateral unnest(allowed_next) as next_key
    where deprecated_at is null
    union all
    select 'qinexus.sources', source_key, 'staging_table', staging_table,
        exists (
            select from {{ ref('qieos__tables') }} as known
            inner join {{ ref('qieos__schemas') }} as home on home.id = known.schema_id
            where home.schema_name = 'staging'
                and known.table_name = source.staging_table
                and known.deprecated_at is null
        )
    from {{ ref('qinexus__sources') }} as source
    where deprecated_at is null
    union all
    select 'qinexus.sources', source_key, 'natural_key', key_column,
        exists (
            select from {{ ref('qinexus__source_columns') }} as known
            where known.source_id = source.id
                and known.column_name = key_column
                and known.deprecated_at is null
        )
    from {{ ref('qinexus__sources') }} as source
    cross join lateral unnest(natural_key || header_markers) as key_column
    where deprecated_at is null
)

select
    'R0706' as rule_code,
    registry || ' ' || row_key as object,
    column_name || ' names ' || key || ', which is not registered' as detail
from named
where not known
