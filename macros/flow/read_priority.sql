{#-
    The order of importance after iCalendar, 1 highest to 9 lowest, of a word such as `High` or `P1`.

    Example: read_priority('priority')
-#}
{% macro read_priority(word) -%}
    case
        when {{ word }} ~* '(urgent|critical|highest|p0)' then 1
        when {{ word }} ~* '(high|p1)' then 3
        when {{ word }} ~* '(medium|normal|p2)' then 5
        when {{ word }} ~* 'lowest' then 9
        when {{ word }} ~* '(low|p3)' then 7
    end
{%- endmacro %}
