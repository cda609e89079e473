{#- The natural key of a registry is unique and complete (R0707). -#}
{% test registry_key(model, columns) %}
    {{ config(tags=['governance']) }}
    select
        'R0707' as rule_code,
        '{{ model.schema }}.{{ model.identifier }}' as object,
        concat_ws(', ', {{ quoted_list(columns) }}) || ' stands ' || count(*) || ' times' as detail
    from {{ model }}
    group by {{ quoted_list(columns) }}
    having count(*) > 1 or concat({{ quoted_list(columns) }}) = ''
{% endtest %}
