{#-
    The records of an export of transactions in the columns that mmex_records() reads, from the name of a
    CTE with `flow`, the signed amount. A transfer is two rows of one ID, each with the other account as its
    payee; in the second, which brings the money, the accounts change places.

    Example: {{ mmex_legs('legs') }}
-#}
{% macro mmex_legs(legs) -%}
    select
        {{ row_identity() }},
        source_system,
        'transaction' as record_type,
        book,
        external_id,
        line_number,
        case when leg.is_transfer then 1 else line_count end as line_count,
        transaction_type,
        source_status,
        transaction_date,
        case when leg.is_second then leg.other_account else account_name end as account_name,
        case when leg.is_second then account_name else leg.other_account end as counter_account_name,
        case when not leg.is_transfer then payee_name end as payee_name,
        category,
        -- Only the parts are told, so the whole is their sum.
        null::numeric as amount,
        case when not leg.is_second then flow end as line_amount,
        case when leg.is_second then flow end as counter_amount,
        case when not leg.is_second then currency end as currency,
        case when leg.is_second then currency end as counter_currency,
        -- Where a transfer has neither number nor notes the exporter makes up a number.
        nullif(transaction_number, '#' || external_id) as transaction_number,
        description,
        false as is_deleted,
        false as is_gone,
        null as account_type,
        null::numeric as opening_balance,
        null as institution_name,
        null::boolean as is_open,
        problem_codes
    from {{ legs }}
    cross join lateral (
        select
            coalesce(transaction_type = 'transfer', false) as is_transfer,
            coalesce(transaction_type = 'transfer' and flow > 0, false) as is_second,
            case when transaction_type = 'transfer' then regexp_replace(payee_name, '^[<>] ', '') end as other_account
    ) as leg
{%- endmacro %}
