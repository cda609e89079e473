{#-
    Payees of a Money Manager Ex source: a promotion of core.organizations.

    Example: {{ mmex_organizations(ref('staging__mmex_legs')) }}
-#}
{% macro mmex_organizations(view) -%}
    with

    named as (
        {{ mmex_named(view) }}
    ),

    final as (
        select
            {{ stable_id(["'core.organizations'", 'entity_id']) }} as id,
            entity_id,
            name,
            source_system,
            source_file_id,
            import_batch_id
        from named
        where kind = 'payee'
    )

    select * from final
{%- endmacro %}
