with

exported as (
    {{ typed_rows('mmex_csv', ref('staging__mmex_legs_raw')) }}
),

legs as (
    select
        *,
        amount as flow
    from exported
),

told as (
    {{ mmex_legs('legs') }}
),

final as (
    {{ mmex_records('told') }}
)

select * from final
