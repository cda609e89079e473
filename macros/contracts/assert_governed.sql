{#-
    Stops a build before anything is written when what dbt holds is not what `qios contracts` made of the
    registry, and lists all violations at once. The rules about the registry and the models are those of
    `qios check --offline`, which `qios contracts` asks first: a build that accepts only its contracts need not
    repeat them. It raises in Jinja: a hook that fails in SQL does not stop dbt's nodes by itself.

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
    {%- set findings = [] -%}
    {%- for node in graph.nodes.values() if node.resource_type in ('model', 'seed') -%}
        {%- set object = node.schema ~ '.' ~ node.alias -%}
        {%- if node.config.materialized == 'ephemeral' -%}
            {#- No relation: what reads it is governed. -#}
        {%- elif not node.config.meta.get('relation_type') -%}
            {%- do findings.append(finding('R0701', object, 'has no contract from the registry')) -%}
        {%- elif node.config.meta.contract_hash != contract_seal(node) -%}
            {%- do findings.append(finding('R0708', object, 'is not what `qios contracts` made of the registry')) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if findings -%}
        {{ exceptions.raise_compiler_error(
            findings | length ~ ' violations, nothing was built\n' ~ (findings | sort | join('\n'))
        ) }}
    {%- endif -%}
{%- endmacro %}
