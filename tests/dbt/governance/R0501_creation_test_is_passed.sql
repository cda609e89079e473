-- A schema beyond the first approved set needs three of the eight criteria of the creation test.
with

counted as (
    select
        schema_name,
        cardinality(array_positions(array[
            has_own_lifecycle, has_own_permissions_model, has_many_tables, has_independent_business_logic,
            integrates_with_external_systems, has_sensitive_boundaries, has_separate_identity,
            would_be_messy_elsewhere
        ], true)) as criteria
    from {{ ref('qieos__schemas') }}
    where status = 'active' and deprecated_at is null
),

final as (
    select
        'R0501' as rule_code,
        schema_name as object,
        'is active with only ' || criteria || ' of the eight criteria' as detail
    from counted
    where criteria < 3
)

select * from final
