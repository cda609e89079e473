{#-
    Whether every row of a table points to a row of the other; if not, their number becomes a problem.

    Example: reference_holds(registered_references(graph)['core.people_entity_id_fkey'], problems)
-#}
{% macro reference_holds(reference, problems) -%}
    {%- set column = adapter.quote(reference.column) -%}
    {%- set query -%}
        select count(*) as n from {{ reference.relation }} as source
        where {{ column }} is not null
            and not exists (
                select from {{ reference.target }} as target
                where target.{{ adapter.quote(reference.target_column) }} = source.{{ column }}
            )
    {%- endset -%}
    {%- set lost = run_query(query).rows[0]['n'] -%}
    {%- if lost > 0 -%}
        {%- do problems.append(finding(
            'R1201', reference.relation | replace('"', '') ~ '.' ~ reference.name,
            lost ~ ' rows point nowhere: no ' ~ reference.target | replace('"', '') ~ '.' ~ reference.target_column
            ~ ' is their ' ~ reference.column
        )) -%}
    {%- endif -%}
    {{ return(lost == 0) }}
{%- endmacro %}
