{#-
    Accounts that the transactions of a Money Manager Ex export name: a promotion of
    qilife.financial_accounts. Type, currency and opening balance are in the book only, so an account that
    was told before is left as it is.

    Example: {{ mmex_accounts(ref('staging__mmex_legs')) }}
-#}
{% macro mmex_accounts(view) -%}
    with

    named as (
        {{ mmex_named(view) }}
    ),

    accounts as (
        select
            {{ stable_id(["'qilife.financial_accounts'", 'entity_id']) }} as id,
            entity_id,
            name as account_name,
            source_system,
            source_file_id,
            import_batch_id
        from named
        where kind = 'account'
    ),

    final as (
        select accounts.* from accounts
        where not exists (
            select from {{ ref('qinexus__source_values') }} as word
            where word.id = accounts.id
        )
    )

    select * from final
{%- endmacro %}
