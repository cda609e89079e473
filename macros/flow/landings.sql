{#-
    The landing tables that are promoted, with the models that read their rows:
    source → {relation, models}, where models are the unique_ids of all tables that the source feeds.

    Example: landings()['zoho_contacts'].models
-#}
{% macro landings() -%}
    {%- set found = {} -%}
    {%- for table, sources in registered_promotions().items() -%}
        {%- for source in sources -%}
            {%- if source not in found -%}
                {%- do found.update({source: {
                    'relation': landing_of(source),
                    'models': ['model.' ~ project_name ~ '.qinexus__source_entity_links'],
                }}) -%}
            {%- endif -%}
            {%- do found[source].models.append('model.' ~ project_name ~ '.' ~ table) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}

{#- The landing table of a source. -#}
{% macro landing_of(source) -%}
    {{ return(api.Relation.create(
        database=target.database, schema='staging', identifier=registered_sources()[source].staging_table
    )) }}
{%- endmacro %}

{#- The name of the model that is the typed view of a source. -#}
{% macro typed_view_of(source) -%}
    {{ return('staging__' ~ registered_sources()[source].staging_table.removesuffix('_raw')) }}
{%- endmacro %}
