{#-
    A moment read from text that may have a time or be a whole day, which begins at midnight in the time
    zone of the source; null where it is neither.

    Example: read_moment('cell.created', source)
-#}
{% macro read_moment(cell, source) -%}
    {{ return(
        '(coalesce(' ~ read_time(cell, source.datetime_formats, 'timestamp') ~ ', '
        ~ read_time(cell, source.date_formats, 'timestamp') ~ ') at time zone ' ~ sql_literal(source.time_zone) ~ ')'
    ) }}
{%- endmacro %}
