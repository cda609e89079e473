{#-
    One finding as text: rule, object, what is wrong, and the cure (the rule's own unless given).

    Example: finding('R0201', 'docker', 'the schema is not approved')
-#}
{% macro finding(rule_code, object, detail, cure=none) -%}
    {%- set rule = vocabulary().remedies.get(rule_code, {'title': '', 'remedy': ''}) -%}
    {{ return(rule_code ~ ' ' ~ object ~ ': ' ~ detail ~ ' [' ~ rule.title ~ ']\n    cure: ' ~ (cure or rule.remedy)) }}
{%- endmacro %}
