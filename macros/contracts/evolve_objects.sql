{#-
    Adds to a plan what brings keys, checks, indexes and triggers to the contract. Only what an earlier contract put
    there is dropped, also where a hand has altered it since; what rows contradict is refused with the number of
    rows. Foreign keys are only dropped here: apply_references() adds them.

    Example: evolve_objects(this, contract, state, {'statements': [], 'problems': []})
-#}
{% macro evolve_objects(relation, contract, state, plan) -%}
    {%- set live = live_objects(relation) -%}
    {%- for name, ddl in state.objects.items()
        if name in live and (contract.objects.get(name) != ddl or object_is_altered(ddl, live[name], state.sealed.get(name))) -%}
        {%- do plan.statements.insert(1, drop_object(relation, name, ddl)) -%}
        {%- if ddl.startswith('constraint ') -%}
            {%- do release_references(relation, name, plan) -%}
        {%- endif -%}
        {%- do live.pop(name) -%}
    {%- endfor -%}
    {%- for name, ddl in state.references.copy().items() if contract.references.get(name) != ddl -%}
        {%- do plan.statements.insert(1, 'alter table ' ~ relation ~ ' drop constraint if exists ' ~ adapter.quote(name)) -%}
        {%- do state.references.pop(name) -%}
    {%- endfor -%}
    {%- for name, ddl in contract.objects.items() if name not in live -%}
        {%- do plan.statements.append(create_object(relation, name, ddl)) -%}
        {%- if ddl.startswith('constraint check (') -%}
            {%- do check_rows(relation, name, ddl.removeprefix('constraint check ')[1:-1], contract, plan) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
