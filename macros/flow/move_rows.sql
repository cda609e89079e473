{#-
    Moves all rows of the landings from one review status to another, each landing in a statement of its own:
    those whose reading models are all among `models`.

    Example: {% do move_rows('approved', 'promoting', selected_resources) %}
-#}
{% macro move_rows(status, becomes, models) -%}
    {%- for landing in landings().values()
        if landing.models | reject('in', models) | list | length == 0
        and load_cached_relation(landing.relation) is not none -%}
        {%- do run_query(
            'begin; update ' ~ landing.relation ~ ' set review_status = ' ~ sql_literal(becomes)
            ~ ' where review_status = ' ~ sql_literal(status) ~ '; commit;'
        ) -%}
    {%- endfor -%}
{%- endmacro %}
