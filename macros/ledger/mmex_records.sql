{#-
    The typed view of a Money Manager Ex source, from the name of a CTE that tells its records in the same
    columns: ids, statuses, and the problems that only a transaction can have.

    Accounts and payees are known by their names, which are unique in a book, and a transaction by its
    account and number, in the book's database and in both dialects of its exports alike. No export says which
    book it is of: it is taken for one of the first book that was imported, and where several are known its rows
    wait for a person who names the book.

    Example: {{ mmex_records('told') }}
-#}
{% macro mmex_records(told) -%}
    {%- set program = "'money_manager_ex'" -%}
    {%- set book = "concat_ws(' ', " ~ program ~ ", other_book)" -%}
    {%- set transaction = [book, 'lower(account_name)', 'external_id'] -%}
    select
        {{ row_identity() }},
        {{ program }}::text as source_system,
        case when record_type = 'transaction' then {{ stable_id(["'qilife.financial_events'"] + transaction) }} end as event_id,
        case
            when record_type = 'transaction'
                then {{ stable_id(["'qilife.financial_event_lines'"] + transaction + ['line_number']) }}
        end as line_id,
        case
            when account_name is not null
                then {{ stable_id(["'core.entities'", book, "'account'", 'lower(account_name)']) }}
        end as account_entity_id,
        case
            -- A transfer of an account to itself is told once.
            when lower(counter_account_name) <> lower(account_name)
                then {{ stable_id(["'core.entities'", book, "'account'", 'lower(counter_account_name)']) }}
        end as counter_account_entity_id,
        case
            when payee_name is not null
                then {{ stable_id(["'core.entities'", book, "'payee'", 'lower(payee_name)']) }}
        end as payee_entity_id,
        record_type,
        concat_ws(' ', transaction_date, account_name, transaction_type, coalesce(payee_name, counter_account_name)) as record_label,
        book,
        other_book,
        external_id,
        line_number,
        line_count,
        transaction_type,
        source_status,
        case
            when record_type <> 'transaction' then null
            -- Void and duplicate transactions count in no balance, neither do those in the bin.
            when is_deleted or source_status in ('v', 'd', 'void', 'duplicate') then 'void'
            when source_status in ('r', 'reconciled') then 'reconciled'
            else 'posted'
        end as status,
        transaction_date,
        account_name,
        counter_account_name,
        payee_name,
        category,
        amount,
        line_amount,
        counter_amount,
        currency,
        counter_currency,
        transaction_number,
        description,
        is_deleted,
        account_type,
        opening_balance,
        institution_name,
        is_open,
        problem_codes || case when is_gone then array['gone_from_the_book'] else '{}' end || case
            when record_type = 'transaction' then array_remove(array[
                case when book is null and books_known > 1 then 'several_books:book' end,
                case when account_name is null then 'missing_value:account_name' end,
                case when coalesce(currency, counter_currency) is null then 'missing_value:currency' end,
                case when transaction_date is null then 'missing_value:transaction_date' end,
                case when coalesce(amount, line_amount, counter_amount) is null then 'missing_value:amount' end,
                case
                    when coalesce(transaction_type, '') not in ('withdrawal', 'deposit', 'transfer')
                        then 'unknown_type:transaction_type'
                end,
                case
                    when transaction_type = 'transfer' and counter_account_name is null
                        then 'missing_value:counter_account_name'
                end,
                case
                    when source_status not in ('v', 'd', 'r', 'f', 'n', 'void', 'duplicate', 'reconciled', 'follow up', 'unreconciled')
                        then 'unknown_status:source_status'
                end
            ], null)
            else '{}'
        end as problem_codes
    from {{ told }}
    cross join (
        select
            count(distinct whole_key) as books_known,
            (array_agg(whole_key order by staged_at))[1] as first_book
        from {{ ref('qinexus__import_batches') }}
        where source_id = {{ stable_id(["'qinexus.sources'", "'mmex_book'"]) }} and whole_key is not null
    ) as known
    cross join lateral (select nullif(book, first_book) as other_book) as named
{%- endmacro %}
