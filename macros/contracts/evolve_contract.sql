{#-
    Brings a live table to its contract where that loses nothing, and stops the build where it could.
    Does nothing when the table does not exist yet or was last brought to this very contract, unless
    `--vars 'restore_contracts: true'` asks to put back what was lost since.
    Runs as pre-hook of every governed table, in the transaction of its node.

    Example: {{ evolve_contract(this, model) }}
-#}
{% macro evolve_contract(relation, node) -%}
    {%- if not execute -%}
        {#- The triggers of every other table write to the journal, so it is brought to its contract first. -#}
        {%- if node.name != 'core__audit_events' -%}{%- do ref('core__audit_events') -%}{%- endif -%}
        {{ return('') }}
    {%- endif -%}
    {%- if planning() -%}{{ return('') }}{%- endif -%}
    {%- set state = contract_state(relation.include(database=false)) -%}
    {%- if state is none -%}{{ return('') }}{%- endif -%}
    {%- if state.hash == node.config.meta.contract_hash and not var('restore_contracts', false) -%}{{ return('') }}{%- endif -%}
    {%- set contract = contract_of(node) -%}

    {%- set plan = {'statements': ["set local lock_timeout = '10s'"], 'problems': []} -%}
    {%- do evolve_columns(relation, contract, state, plan) -%}
    {%- do evolve_objects(relation, contract, state, plan) -%}
    {%- if plan.problems -%}
        {{ exceptions.raise_compiler_error(plan.problems | join('\n')) }}
    {%- endif -%}
    {%- if state.primary_key is none -%}
        {#- Nobody knows which foreign keys there were; R1201 may say that one is missing. -#}
        {%- do state.update({'primary_key': contract.primary_key, 'references': contract.references}) -%}
    {%- endif -%}
    {%- do state.update({
        'hash': contract.hash,
        'columns': contract.columns.keys() | list,
        'objects': contract.objects,
        'sealed': none,
    }) -%}
    {{ plan.statements | join(';\n') }};
    {{ comments_ddl(relation, contract) }}
    {{ contract_state_ddl(relation, state) }}
{%- endmacro %}
