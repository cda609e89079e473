{#-
    Transactions of a Money Manager Ex source: a promotion of qilife.financial_events. A void, duplicate or
    deleted transaction is no event; what was one before ends.

    Example: {{ mmex_events(ref('staging__mmex_legs')) }}
-#}
{% macro mmex_events(view) -%}
    with

    parts as (
        {{ mmex_parts(view) }}
    ),

    told as (
        select
            event_id,
            any_value(transaction_type) as transaction_type,
            any_value(transaction_date) as transaction_date,
            any_value(amount) as amount,
            -- One part whose amount cannot be read leaves the sum unknown.
            case when count(*) = count(coalesce(line_amount, counter_amount)) then abs(sum(line_amount)) end as parts_amount,
            any_value(currency) as currency,
            any_value(account_name) as account_name,
            any_value(account_entity_id) as account_entity_id,
            any_value(counter_account_name) as counter_account_name,
            any_value(counter_account_entity_id) as counter_account_entity_id,
            max(counter_amount) as counter_amount,
            any_value(counter_currency) as counter_currency,
            any_value(payee_name) as payee_name,
            any_value(payee_entity_id) as payee_entity_id,
            case when any_value(line_count) = 1 then any_value(category) end as category,
            any_value(description) as description,
            any_value(transaction_number) as transaction_number,
            any_value(external_id) as external_id,
            any_value(other_book) as other_book,
            any_value(status) as status,
            any_value(line_count) as line_count,
            any_value(created_at) as created_at,
            any_value(source_system) as source_system,
            any_value(source_file_id) as source_file_id,
            any_value(import_batch_id) as import_batch_id
        from parts
        group by event_id
    ),

    -- A leg of a transfer that is not here may have been told before, by the file of the other account.
    whole as (
        select
            told.event_id,
            coalesce(told.amount, told.parts_amount, (word.source_values ->> 'amount')::numeric, told.counter_amount)
                as amount,
            coalesce(told.currency, word.source_values ->> 'currency', told.counter_currency) as currency,
            coalesce(told.counter_amount, (word.source_values ->> 'counter_amount')::numeric) as counter_amount,
            coalesce(told.counter_currency, word.source_values ->> 'counter_currency') as counter_currency
        from told
        left join {{ ref('qinexus__source_values') }} as word
            on word.id = told.event_id and told.transaction_type = 'transfer'
    ),

    final as (
        select
            told.event_id as id,
            transaction_type as event_type,
            transaction_date as occurred_on,
            whole.amount,
            whole.currency,
            case transaction_type
                when 'withdrawal' then 'outflow'
                when 'deposit' then 'inflow'
                when 'transfer' then 'transfer'
            end as direction,
            account_name,
            counter_account_name,
            payee_name as counterparty_name,
            payee_entity_id as counterparty_entity_id,
            account_entity_id,
            counter_account_entity_id,
            whole.counter_amount,
            whole.counter_currency,
            category,
            description,
            transaction_number as transaction_reference,
            concat_ws(' ', 'money_manager_ex', other_book) || ':' || lower(account_name) || ':' || external_id
                as external_key,
            status,
            case when line_count > 1 then line_count end as line_count,
            case when status = 'void' then created_at end as ended_at,
            source_system,
            source_file_id,
            import_batch_id
        from told
        inner join whole on whole.event_id = told.event_id
        where
            status = 'void'
            or (
                transaction_type in ('withdrawal', 'deposit', 'transfer')
                and num_nulls(transaction_date, whole.amount, whole.currency, account_name) = 0
            )
    )

    select * from final
{%- endmacro %}
