{#-
    Whether a live key, check or index is no longer what the contract's `ddl` made. A key is compared by its
    columns; PostgreSQL writes expressions in its own manner, so they are compared with what it wrote when the
    build had made them. `sealed` is the hash of that; none, where nobody noted it.

    Example: object_is_altered('index ("name")', live_objects(this)['people_name_idx'], state.sealed['people_name_idx'])
-#}
{% macro object_is_altered(ddl, live, sealed) -%}
    {%- if ddl.startswith(('constraint primary key', 'constraint unique')) -%}
        {{ return(('constraint ' ~ live.definition) | replace('"', '') | lower != ddl | replace('"', '') | lower) }}
    {%- endif -%}
    {{ return(sealed is not none and live.hash != sealed) }}
{%- endmacro %}
