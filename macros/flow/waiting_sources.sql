{#-
    Those of the sources that have frozen rows, so that a build evaluates no others. All of them where
    nothing is built: the compiled project shows the whole.

    Example: waiting_sources(['zoho_contacts', 'zoho_invoices'])
-#}
{% macro waiting_sources(sources) -%}
    {%- if flags.WHICH not in ('build', 'run') -%}{{ return(sources) }}{%- endif -%}
    {%- set frozen = [] -%}
    {%- for source in sources -%}
        {%- set landing = landing_of(source) -%}
        {%- if load_cached_relation(landing) is not none -%}
            {%- do frozen.append(
                'select ' ~ sql_literal(source) ~ ' where exists (select from ' ~ landing
                ~ ' where ' ~ is_promoting() ~ ')'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not frozen -%}{{ return([]) }}{%- endif -%}
    {{ return(run_query(frozen | join(' union all ')).columns[0].values() | list) }}
{%- endmacro %}
