-- The keys by which one registry names a row of another, where no foreign key can say it: groups and lists.
with

unknown as (
    select
        'qieos.field_usages' as registry,
        usage.schema_name || '.' || usage.table_name || '.' || usage.column_name as row_key,
        'status_group' as column_name,
        usage.status_group as key
    from {{ ref('qieos__field_usages') }} as usage
    where usage.deprecated_at is null
        and usage.status_group is not null
        and not exists (
            select from {{ ref('qieos__statuses') }} as known
            where known.status_group = usage.status_group and known.deprecated_at is null
        )
    union all
    select
        'qieos.statuses' as registry,
        earlier.status_group || '.' || earlier.status_key as row_key,
        'allowed_next' as column_name,
        next_status.key
    from {{ ref('qieos__statuses') }} as earlier
    cross join lateral unnest(earlier.allowed_next) as next_status (key)
    where earlier.deprecated_at is null
        and not exists (
            select from {{ ref('qieos__statuses') }} as known
            where known.status_group = earlier.status_group
                and known.status_key = next_status.key
                and known.deprecated_at is null
        )
    union all
    select
        'qinexus.sources' as registry,
        source.source_key as row_key,
        'staging_table' as column_name,
        source.staging_table as key
    from {{ ref('qinexus__sources') }} as source
    where source.deprecated_at is null
        and not exists (
            select 1
            from {{ ref('qieos__tables') }} as known
            inner join {{ ref('qieos__schemas') }} as home on home.id = known.schema_id
            where home.schema_name = 'staging'
                and known.table_name = source.staging_table
                and known.deprecated_at is null
        )
    union all
    select
        'qinexus.source_expectations' as registry,
        expectation.expectation_key as row_key,
        'relation' as column_name,
        expectation.relation
    from {{ ref('qinexus__source_expectations') }} as expectation
    where expectation.deprecated_at is null
        and expectation.relation is not null
        and not exists (
            select 1
            from {{ ref('qieos__tables') }} as known
            inner join {{ ref('qieos__schemas') }} as home on home.id = known.schema_id
            where home.schema_name = 'staging'
                and known.table_name = expectation.relation
                and known.deprecated_at is null
        )
    union all
    select
        'qinexus.sources' as registry,
        source.source_key as row_key,
        'natural_key' as column_name,
        heading.key
    from {{ ref('qinexus__sources') }} as source
    -- Columns joined by / are alternatives.
    cross join
        lateral regexp_split_to_table(
            array_to_string(source.natural_key || source.header_markers || source.numbered_within, '/'), '/'
        ) as heading (key)
    where source.deprecated_at is null
        and not exists (
            select from {{ ref('qinexus__source_columns') }} as known
            where known.source_id = source.id
                and known.column_name = heading.key
                and known.deprecated_at is null
        )
),

final as (
    select
        'R0706' as rule_code,
        registry || ' ' || row_key as object,
        column_name || ' names ' || key || ', which is not registered' as detail
    from unknown
)

select * from final
