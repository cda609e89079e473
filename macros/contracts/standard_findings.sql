{#-
    Whether a name breaks a naming standard: no finding or one.

    Example: standard_findings(standard, 'core.people.dob', 'dob') → ['R0305 core.people.dob: …']
-#}
{% macro standard_findings(standard, full_name, name) -%}
    {%- set matches = modules.re.search(standard.pattern, name) is not none -%}
    {%- if matches == (standard.effect == 'forbidden') -%}
        {{ return([finding(standard.rule_code, full_name, standard.description ~ ' Not ' ~ name ~ '.')]) }}
    {%- endif -%}
    {{ return([]) }}
{%- endmacro %}
