{#-
    A date or timestamp read from text by the source's own formats, in their order, never guessed; null where
    none fits or the day does not exist.

    Example: read_time('cell.birth_date', ['YYYY-MM-DD', 'DD/MM/YYYY'], 'date')
-#}
{% macro read_time(cell, formats, data_type) -%}
    {%- set shapes = [] -%}
    {%- for format in formats -%}
        {%- set shape = time_shape(format) -%}
        {%- do shapes.append(
            'when ' ~ cell ~ " ~ '^" ~ shape.pattern ~ "$' then "
            ~ ("regexp_replace(" ~ cell ~ ", '^" ~ shape.date ~ "', '" ~ shape.iso ~ "')" if shape.iso else cell)
        ) -%}
    {%- endfor -%}
    {%- set text = 'case ' ~ shapes | join(' ') ~ ' end' -%}
    {{ return('case when pg_input_is_valid(' ~ text ~ ", '" ~ data_type ~ "') then (" ~ text ~ ')::' ~ data_type ~ ' end') }}
{%- endmacro %}

{#-
    The regular expression of a to_char() format, and the replacement that makes its date part one that
    PostgreSQL reads the same under every setting.
-#}
{% macro time_shape(format) -%}
    {%- set dates = {
        'YYYY-MM-DD': ['[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}', none],
        'MM/DD/YYYY': ['([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})', '\\\\3-\\\\1-\\\\2'],
        'DD/MM/YYYY': ['([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})', '\\\\3-\\\\2-\\\\1'],
        'DD.MM.YYYY': ['([0-9]{1,2})[.]([0-9]{1,2})[.]([0-9]{4})', '\\\\3-\\\\2-\\\\1'],
        'Mon DD, YYYY': ['[A-Za-z]{3,9} [0-9]{1,2}, [0-9]{4}', none],
    } -%}
    {%- set times = {
        '': '',
        ' HH24:MI': ' [0-9]{1,2}:[0-9]{2}',
        ' HH24:MI:SS': ' [0-9]{1,2}:[0-9]{2}:[0-9]{2}',
        '"T"HH24:MI:SS': 'T[0-9]{1,2}:[0-9]{2}:[0-9]{2}',
        ' HH12:MI AM': ' [0-9]{1,2}:[0-9]{2} [AaPp][Mm]',
        ' HH12:MI:SS AM': ' [0-9]{1,2}:[0-9]{2}:[0-9]{2} [AaPp][Mm]',
    } -%}
    {%- for date, shape in dates.items() if format.startswith(date) and format.removeprefix(date) in times -%}
        {{ return({
            'pattern': shape[0] ~ times[format.removeprefix(date)],
            'date': shape[0],
            'iso': shape[1] | replace('\\\\', '\\') if shape[1] else none,
        }) }}
    {%- endfor -%}
    {{ exceptions.raise_compiler_error(
        model.name ~ ': no reading for the format ' ~ format ~ '\n    cure: use one of ' ~ dates.keys() | join(', ')
        ~ ', followed by nothing or one of' ~ times.keys() | join(',')
    ) }}
{%- endmacro %}
