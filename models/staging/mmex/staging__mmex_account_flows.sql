with

exported as (
    {{ typed_rows('mmex_universal_csv', ref('staging__mmex_account_flows_raw')) }}
),

legs as (
    select
        {{ row_identity() }},
        source_system,
        book,
        external_id,
        line_number,
        line_count,
        -- Type may be left out; a payee that names an account is a transfer's.
        coalesce(
            transaction_type,
            case
                when payee_name ~ '^[<>] ' then 'transfer'
                when coalesce(amount, deposit_amount, -withdrawal_amount) < 0 then 'withdrawal'
                else 'deposit'
            end
        ) as transaction_type,
        source_status,
        transaction_date,
        account_name,
        payee_name,
        nullif(concat_ws(':', category, subcategory), '') as category,
        coalesce(amount, deposit_amount, -withdrawal_amount) as flow,
        currency,
        transaction_number,
        description,
        problem_codes
    from exported
),

told as (
    {{ mmex_legs('legs') }}
),

final as (
    {{ mmex_records('told') }}
)

select * from final
