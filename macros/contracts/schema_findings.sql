{#-
    The naming standards that an approved schema or a module breaks.

    Example: schema_findings() → ['R0301 Qi-Nexus: …']
-#}
{% macro schema_findings() -%}
    {%- set names = {'schema': vocabulary().schemas, 'module': vocabulary().modules} -%}
    {%- set findings = [] -%}
    {%- for standard in vocabulary().naming_standards if standard.applies_to in names -%}
        {%- for name in names[standard.applies_to] -%}
            {%- if (modules.re.search(standard.pattern, name) is not none) == (standard.effect == 'forbidden') -%}
                {%- do findings.append(standard_finding(standard, name, name)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings) }}
{%- endmacro %}
