{#-
    Who of an address book works for which organization: a promotion of core.relationships. An empty cell ends
    the employment.

    Example: {{ contact_relationships(ref('staging__zoho_contacts')) }}
-#}
{% macro contact_relationships(view) -%}
    with

    contacts as (
        {{ promoting_rows(view, 'entity_id') }}
    ),

    final as (
        select
            {{ stable_id(["'core.relationships'", 'entity_id', "'works_for'"]) }} as id,
            entity_id as source_entity_id,
            organization_entity_id as target_entity_id,
            'works_for' as relationship_type,
            case when organization_entity_id is null then created_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from contacts
    )

    select * from final
{%- endmacro %}
