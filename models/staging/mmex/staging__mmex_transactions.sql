with

records as (
    {{ typed_rows('mmex_book', ref('staging__mmex_transactions_raw')) }}
),

told as (
    select
        *,
        case transaction_type
            when 'account' then 'account'
            when 'payee' then 'payee'
            else 'transaction'
        end as record_type,
        deleted_time is not null as is_deleted,
        coalesce(deleted_time = 'gone', false) as is_gone,
        case
            when account_kind in ('cash', 'checking', 'loan', 'term', 'investment', 'asset', 'shares') then account_kind
            when account_kind = 'credit card' then 'credit_card'
            when account_kind is not null then 'other'
        end as account_type,
        coalesce(account_status, 'open') <> 'closed' and deleted_time is null as is_open
    from records
),

final as (
    {{ mmex_records('told') }}
)

select * from final
