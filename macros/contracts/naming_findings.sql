{#-
    The naming standards that a model's name or columns break. A forbidden name says more than a missing
    form, so where one is found the forms are not tried.

    Example: naming_findings(model) → ['R1402 qiserver.csv_contacts: …']
-#}
{% macro naming_findings(node) -%}
    {%- set object = node.schema ~ '.' ~ node.alias -%}
    {%- if node.name != node.schema ~ '__' ~ node.alias -%}
        {{ return([finding(
            'R0302', node.original_file_path, 'the file is not named ' ~ node.schema ~ '__<table>.sql'
        )]) }}
    {%- endif -%}
    {%- set scopes = ['table', 'staging_table' if node.schema == 'staging' else 'canonical_table'] -%}
    {%- if node.config.materialized == 'view' -%}{%- do scopes.pop() -%}{%- endif -%}
    {%- set findings = {'forbidden': [], 'required': []} -%}
    {%- for standard in vocabulary().naming_standards -%}
        {%- set names = [] -%}
        {%- if standard.applies_to in scopes -%}
            {%- do names.append([object, node.alias]) -%}
        {%- elif standard.applies_to == 'column' -%}
            {%- for column in node.columns -%}
                {%- do names.append([object ~ '.' ~ column, column]) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- for full_name, name in names -%}
            {#- No macro call before a name is found to break a standard: there are thousands of names. -#}
            {%- if (modules.re.search(standard.pattern, name) is not none) == (standard.effect == 'forbidden') -%}
                {%- do findings[standard.effect].append(standard_finding(standard, full_name, name)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(findings.forbidden or findings.required) }}
{%- endmacro %}
