with

given as (
    {% for table, sources in registered_promotions().items() -%}
    {% set outer_loop = loop -%}
    {% for source in sources -%}
    select
        '{{ source }}__{{ table }}' as promotion,
        '{{ table }}' as model_name,
        jsonb_object_keys(to_jsonb(promoted)) as column_name
    from (
        {#- One row without values: its columns are asked for, none of the promotion's rows is read. #}
        select promotion.*
        from (select 1 as number) as one_row
        left join {{ ref(source ~ '__' ~ table) }} as promotion on one_row.number = 1 and false
    ) as promoted
    {% if not (outer_loop.last and loop.last) %}union all{% endif %}
    {% endfor -%}
    {% endfor -%}
),

registered as (
    {{ registered_columns() }}
),

final as (
    select
        'R0703' as rule_code,
        given.promotion || '.' || given.column_name as object,
        'the promotion gives a column that its table does not have' as detail
    from given
    left join registered
        on
            registered.schema_name || '__' || registered.table_name = given.model_name
            and registered.column_name = given.column_name
    where registered.column_name is null
)

select * from final
