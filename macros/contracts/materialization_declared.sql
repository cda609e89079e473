{#-
    Creates a declared table from its contract, evolves it, or does nothing when nothing changed. It evolves
    by itself and runs no hooks: most of the tables are declared, and a build asks each just one question.
-#}
{% materialization declared, adapter='postgres', supported_languages=['sql'] %}
    {%- if sql | trim != declared_table() | trim -%}
        {{ exceptions.raise_compiler_error(
            model.name ~ ': the registry says that ' ~ model.config.meta.written_by ~ ' write this table, '
            ~ 'but its file holds a query\n    cure: make the file read {{ declared_table() }}, or set '
            ~ 'written_by to dbt in seeds/qieos/qieos__seed_tables.csv'
        ) }}
    {%- endif -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- if load_cached_relation(this) is none -%}
        {%- set change = create_governed_table(target_relation, contract_of(model)) -%}
    {%- else -%}
        {%- set change = evolve_contract(target_relation, model) -%}
    {%- endif -%}
    {% if change | trim %}
        {% call statement('main') %}{{ change }}{% endcall %}
        {{ adapter.commit() }}
    {% else %}
        {% call noop_statement('main', 'unchanged') %}{% endcall %}
    {% endif %}
    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}
