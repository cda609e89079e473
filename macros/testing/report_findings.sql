{#-
    Prints what the governance tests found: rule, object, detail and cure, and of a waived finding who answers for
    it. dbt itself says only how many rows a test returned. A test that passed is asked again only where a waiver is
    in force for its rule.

    Example: on-run-end: "{{ report_findings(results) }}"
-#}
{% macro report_findings(results) -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- set asked = [] -%}
    {%- for result in results if result.node.resource_type == 'test' and 'governance' in result.node.tags -%}
        {%- do asked.append(result) -%}
    {%- endfor -%}
    {%- if not asked -%}{{ return('') }}{%- endif -%}
    {%- set waived = waived_rules() -%}
    {%- for result in asked if result.status in ('fail', 'warn') or result.node.name.split('_')[0] in waived -%}
        {%- set query -%}
            select findings.*, waiver.reason, waiver.approved_by, waiver.expires_on
            from ({{ result.node.compiled_code }}
            ) as findings
            left join qieos.rule_waivers as waiver
                on waiver.rule_code = findings.rule_code and waiver.object = findings.object
                and waiver.expires_on >= current_date and waiver.deprecated_at is null
            limit 50
        {%- endset -%}
        {%- for row in run_query(query).rows -%}
            {%- set cure = none -%}
            {%- if row['reason'] -%}
                {%- set cure = 'none; waived until ' ~ row['expires_on'] ~ ' by ' ~ row['approved_by'] ~ ': ' ~ row['reason'] -%}
            {%- endif -%}
            {%- do log(finding(row['rule_code'], row['object'], row['detail'], cure), info=true) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}

{#- The rules for which a waiver is in force; none where there is no such table, since nothing is built. -#}
{% macro waived_rules() -%}
    {%- if not run_query("select to_regclass('qieos.rule_waivers')").rows[0][0] -%}{{ return([]) }}{%- endif -%}
    {%- set query -%}
        select distinct rule_code from qieos.rule_waivers where expires_on >= current_date and deprecated_at is null
    {%- endset -%}
    {{ return(run_query(query).columns[0].values() | list) }}
{%- endmacro %}
