{#-
    Stops a build before anything is written when a model breaks a rule, and lists all violations at once.
    It raises in Jinja: a hook that fails in SQL does not stop dbt's nodes by itself.

    Example: on-run-start: "{{ assert_governed(graph, flags) }}"
-#}
{% macro assert_governed(graph, flags) -%}
    {%- if not execute or flags.WHICH not in ('build', 'run', 'seed', 'test') -%}{{ return('') }}{%- endif -%}
    {%- if flags.EMPTY or invocation_args_dict.sample -%}
        {{ exceptions.raise_compiler_error(
            '--empty and --sample show the registry with rows missing, and a missing row is deprecated\n'
            ~ '    cure: build without the flag; a build in which nothing changed takes seconds'
        ) }}
    {%- endif -%}
    {%- set findings = schema_findings() -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.materialized != 'ephemeral' -%}
        {%- do findings.extend(naming_findings(node) or contract_findings(node)) -%}
    {%- endfor -%}
    {%- if findings -%}
        {{ exceptions.raise_compiler_error(
            findings | length ~ ' violations, nothing was built\n' ~ (findings | sort | join('\n'))
        ) }}
    {%- endif -%}
{%- endmacro %}
