{#-
    A derived table (begins, ends) read from `beginning → end`, both as read_moment() reads them, or from one moment
    that is both. An end on the day of its beginning is its time alone: `May 3, 2026 9:00 AM → 11:00 AM`.

    Example: cross join lateral {{ read_period('cell.due', source) }} as period
-#}
{% macro read_period(cell, source) -%}
    {{ return(
        "(select " ~ read_moment('told.beginning', source) ~ " as begins, " ~ read_moment('told.ending', source)
        ~ " as ends from (select part.beginning, case when part.ending ~ '^[0-9]{1,2}:[0-9]{2}' "
        ~ "then substring(part.beginning from '^(.* )[0-9]{1,2}:[0-9]{2}') || part.ending else part.ending end as ending "
        ~ "from (select split_part(" ~ cell ~ ", ' → ', 1) as beginning, split_part(" ~ cell
        ~ ", ' → ', -1) as ending) as part) as told)"
    ) }}
{%- endmacro %}
