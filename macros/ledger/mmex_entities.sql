{#-
    Accounts and payees of a Money Manager Ex source: a promotion of core.entities.

    Example: {{ mmex_entities(ref('staging__mmex_legs')) }}
-#}
{% macro mmex_entities(view) -%}
    with

    named as (
        {{ mmex_named(view) }}
    ),

    final as (
        select
            entity_id as id,
            case when kind = 'account' then 'account' else 'organization' end as entity_type,
            name as display_name,
            concat_ws(' ', 'money_manager_ex', other_book) || ':' || kind || ':' || lower(name) as external_key,
            source_system,
            source_file_id,
            import_batch_id
        from named
    )

    select * from final
{%- endmacro %}

{#- Every account and payee that promoting rows name: kind, entity_id, name, and where it is named last. -#}
{% macro mmex_named(view) -%}
    select distinct on (named.entity_id)
        named.*,
        records.other_book,
        records.source_system,
        records.source_file_id,
        records.import_batch_id
    from {{ view }} as records
    cross join lateral (
        values
        ('account', records.account_entity_id, records.account_name),
        ('account', records.counter_account_entity_id, records.counter_account_name),
        ('payee', records.payee_entity_id, records.payee_name)
    ) as named (kind, entity_id, name)
    where {{ is_promoting('records') }} and named.entity_id is not null
    order by named.entity_id, records.created_at desc, records.row_number desc
{%- endmacro %}
