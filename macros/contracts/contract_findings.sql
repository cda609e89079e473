{#-
    What a model's contract breaks: registration, policy, sensitivity, required columns.

    Example: contract_findings(model) → [] or ['R0801 qilife.tasks: …']
-#}
{% macro contract_findings(node) -%}
    {%- set object = node.schema ~ '.' ~ node.alias -%}
    {%- set meta = node.config.meta -%}
    {%- set findings = [] -%}
    {%- if not node.columns or not meta.get('relation_type') -%}
        {{ return([finding('R0701', object, 'the model has no contract from the registry')]) }}
    {%- endif -%}
    {%- if meta.get('source_of_truth_policy') not in vocabulary().policies -%}
        {%- do findings.append(finding(
            'R0801', object, 'source_of_truth_policy is ' ~ (meta.get('source_of_truth_policy') or 'missing')
        )) -%}
    {%- endif -%}
    {%- if meta.get('sensitivity_level') not in vocabulary().sensitivity_levels -%}
        {%- do findings.append(finding(
            'R0901', object, 'sensitivity_level is ' ~ (meta.get('sensitivity_level') or 'missing')
        )) -%}
    {%- endif -%}
    {%- if meta.relation_type == 'table' -%}
        {%- set family = 'staging' if node.schema == 'staging' else 'canonical' -%}
        {%- for name in vocabulary().implied_columns[family]
            if name not in node.columns and name not in meta.get('metadata_omitted', []) -%}
            {%- do findings.append(finding(
                'R1101' if family == 'staging' else 'R1301', object ~ '.' ~ name, 'the required column is missing'
            )) -%}
        {%- endfor -%}
        {%- if meta.get('metadata_omitted') and not meta.get('metadata_omitted_reason') -%}
            {%- do findings.append(finding('R1301', object, 'metadata is omitted without a reason')) -%}
        {%- endif -%}
    {%- endif -%}
    {{ return(findings) }}
{%- endmacro %}
