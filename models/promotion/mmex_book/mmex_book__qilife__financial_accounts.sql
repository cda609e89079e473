with

accounts as (
    {{ promoting_rows(ref('staging__mmex_transactions'), 'account_entity_id', "record_type = 'account'") }}
),

final as (
    select
        {{ stable_id(["'qilife.financial_accounts'", 'account_entity_id']) }} as id,
        account_entity_id as entity_id,
        account_name,
        account_type,
        currency,
        opening_balance,
        institution_name,
        is_open,
        source_system,
        source_file_id,
        import_batch_id
    from accounts
)

select * from final
