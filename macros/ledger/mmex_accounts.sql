{#-
    Accounts that the transactions of a Money Manager Ex export name: a promotion of
    qilife.financial_accounts. Type, currency and opening balance are in the book only.

    Example: {{ mmex_accounts(ref('staging__mmex_legs')) }}
-#}
{% macro mmex_accounts(view) -%}
    with

    named as (
        {{ mmex_named(view) }}
    ),

    final as (
        select
            {{ stable_id(["'qilife.financial_accounts'", 'entity_id']) }} as id,
            entity_id,
            name as account_name,
            source_system,
            source_file_id,
            import_batch_id
        from named
        where kind = 'account'
    )

    select * from final
{%- endmacro %}
