{#-
    The registered columns that should be live: schema_name, table_name, relation_type, is_view, column_name,
    data_type, required, default_value, description. A seed's columns are text, and have no keys or defaults.

    Example: with registered as ({{ registered_columns() }})
-#}
{% macro registered_columns() -%}
    select
        usage.schema_name,
        usage.table_name,
        relation.relation_type,
        relation.relation_type = 'view' as is_view,
        usage.column_name,
        case when relation.relation_type = 'seed' then 'text' else field.data_type::regtype::text end as data_type,
        usage.required,
        usage.default_value,
        coalesce(usage.usage_notes, field.description) as description
    from {{ ref('qieos__field_usages') }} as usage
    inner join {{ ref('qieos__tables') }} as relation on relation.id = usage.table_id
    inner join {{ ref('qieos__fields') }} as field on field.id = usage.field_id
    where usage.deprecated_at is null and relation.deprecated_at is null
{%- endmacro %}
