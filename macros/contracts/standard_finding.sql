{#-
    The finding that a name breaks a naming standard.

    Example: standard_finding(standard, 'core.people.dob', 'dob') → 'R0305 core.people.dob: … Not dob.'
-#}
{% macro standard_finding(standard, full_name, name) -%}
    {{ return(finding(standard.rule_code, full_name, standard.description ~ ' Not ' ~ name ~ '.')) }}
{%- endmacro %}
