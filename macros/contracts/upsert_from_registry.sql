{#-
    The image of a seed: see upsert_changed(). A row whose seed line is gone gets `deprecated_at`, and
    loses it again when the line comes back.
-#}
{% macro upsert_from_registry(target, source, supplied, contract) -%}
    {%- set owned = owned_columns(contract, supplied, 'dbt') %}
    insert into {{ target }} as target ({{ quoted_list(supplied) }})
    select {{ quoted_list(supplied) }} from {{ source }} as source
    on conflict (id) do update set
        {% for name in owned -%}
            {{ adapter.quote(name) }} = excluded.{{ adapter.quote(name) }}{% if not loop.last %}, {% endif %}
        {%- endfor %}
        {{- touched_columns(contract) }}
    where ({{ quoted_list(owned, 'target.') }}) is distinct from ({{ quoted_list(owned, 'excluded.') }});
    {% if 'deprecated_at' in owned -%}
    update {{ target }} as target
    set "deprecated_at" = now() {{- touched_columns(contract) }}
    where deprecated_at is null and not exists (select from {{ source }} as source where source.id = target.id);
    {%- endif %}
{%- endmacro %}
