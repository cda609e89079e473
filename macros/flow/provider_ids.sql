{#-
    The ids by which a source's provider knows its records: a promotion of qiconnect.external_ids. `kinds` says
    of each kind of record which columns of the view hold its id and its entity.

    Example: {{ provider_ids(ref('staging__zoho_contacts'), {
        'contact': {'id': 'external_id', 'entity': 'entity_id'},
    }) }}
-#}
{% macro provider_ids(view, kinds) -%}
    with

    {% for kind, columns in kinds.items() -%}
    {{ kind }}_rows as (
        {{ promoting_rows(view, columns.entity) }}
    ),

    {% endfor -%}
    known_ids as (
        {% for kind, columns in kinds.items() -%}
        select
            {{ sql_literal(kind) }} as external_type,
            {{ columns.id }} as external_id,
            {{ columns.entity }} as entity_id,
            source_system,
            source_file_id,
            import_batch_id
        from {{ kind }}_rows
        where {{ columns.id }} is not null
        {%- if not loop.last %}
        union all
        {% endif %}
        {%- endfor %}
    ),

    final as (
        select
            {{ stable_id([
                "'qiconnect.external_ids'", 'providers.provider_key', 'known_ids.external_type', 'known_ids.external_id'
            ]) }} as id,
            providers.id as provider_id,
            known_ids.*
        from known_ids
        inner join {{ ref('qinexus__sources') }} as sources on sources.source_key = known_ids.source_system
        inner join {{ ref('qiconnect__providers') }} as providers on providers.provider_key = sources.provider_key
    )

    select * from final
{%- endmacro %}
