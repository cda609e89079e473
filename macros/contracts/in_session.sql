{#-
    What was said of some columns, with its moments as this session writes them in JSON: their text depends on the
    session's time zone, and the same moment in two of them would look like two values.

    Example: in_session('last_word.source_values', ['title', 'due_at'], contract) = jsonb_build_object('due_at', due_at)
-#}
{% macro in_session(said, names, contract) -%}
    {%- set moments = [] -%}
    {%- for name in names if contract.columns[name].data_type == 'timestamptz' -%}{%- do moments.append(name) -%}{%- endfor -%}
    {%- if not moments -%}{{ return(said) }}{%- endif -%}
    {{ said }} || jsonb_strip_nulls(jsonb_build_object(
        {%- for name in moments %}
        {{ sql_literal(name) }}, ({{ said }} ->> {{ sql_literal(name) }})::timestamptz{% if not loop.last %},{% endif %}
        {%- endfor %}
    ))
{%- endmacro %}
