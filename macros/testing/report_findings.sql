{#-
    Prints what a failed governance test found: rule, object, detail and cure. dbt itself says only how
    many rows a test returned.

    Example: on-run-end: "{{ report_findings(results) }}"
-#}
{% macro report_findings(results) -%}
    {%- if not execute -%}{{ return('') }}{%- endif -%}
    {%- for result in results
        if result.node.resource_type == 'test' and result.status == 'fail' and 'governance' in result.node.tags -%}
        {%- for row in run_query('select * from (' ~ result.node.compiled_code ~ '\n) as findings limit 50').rows -%}
            {%- do log(finding(row['rule_code'], row['object'], row['detail']), info=true) -%}
        {%- endfor -%}
    {%- endfor -%}
{%- endmacro %}
