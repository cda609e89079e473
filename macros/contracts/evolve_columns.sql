{#-
    Adds to a plan what brings the columns of a live table to the contract: renames, new columns, wider
    types (any type, where no row holds a value), defaults, not-nulls, retirements. A column that nothing ever
    registered is left alone: it is the finding of a data test, not a reason to refuse a build.

    Example: evolve_columns(this, contract, state, {'statements': [], 'problems': []})
-#}
{% macro evolve_columns(relation, contract, state, plan) -%}
    {%- set alter = 'alter table ' ~ relation ~ ' ' -%}
    {%- set live = live_columns(relation, contract) -%}
    {%- for column in contract.columns.values() if column.renamed_from in live and live[column.name].live is none -%}
        {%- do plan.statements.append(
            alter ~ 'rename column ' ~ adapter.quote(column.renamed_from) ~ ' to ' ~ adapter.quote(column.name)
        ) -%}
        {%- do plan.statements.extend(rename_remembered(relation, column.renamed_from, column.name)) -%}
        {%- do live[column.name].update({
            'live': live[column.renamed_from].live, 'not_null': live[column.renamed_from].not_null,
            'read_as': column.renamed_from,
        }) -%}
        {%- do live.pop(column.renamed_from) -%}
    {%- endfor -%}

    {%- for name in state.columns if name in live and live[name].wanted is none -%}
        {%- do drop_column(relation, name, name in contract.retired, plan) -%}
    {%- endfor -%}

    {%- for column in contract.columns.values() -%}
        {%- set now = live[column.name] -%}
        {%- set quoted = adapter.quote(column.name) -%}
        {%- if now.live is none -%}
            {%- do add_column(relation, column, plan) -%}
        {%- else -%}
            {%- if now.live != now.wanted and now.wanted in wider_types(now.live) -%}
                {%- do plan.statements.append(alter ~ 'alter column ' ~ quoted ~ ' type ' ~ column.data_type) -%}
            {%- elif now.live != now.wanted and column_is_empty(relation, now.get('read_as', column.name)) -%}
                {%- do plan.statements.append(
                    alter ~ 'alter column ' ~ quoted ~ ' drop default, alter column ' ~ quoted ~ ' type '
                    ~ column.data_type ~ ' using null'
                ) -%}
            {%- elif now.live != now.wanted -%}
                {%- do plan.problems.append(finding(
                    'R0705', relation.schema ~ '.' ~ relation.identifier ~ '.' ~ column.name,
                    'is ' ~ now.live ~ ', the contract says ' ~ now.wanted ~ ', and not every value would survive',
                    'add a new field with the new type, move the values, then retire the old column'
                )) -%}
            {%- endif -%}
            {%- do plan.statements.append(
                alter ~ 'alter column ' ~ quoted ~ (' set default ' ~ column.default if column.default else ' drop default')
            ) -%}
            {%- if now.not_null and not column.not_null -%}
                {%- do plan.statements.append(alter ~ 'alter column ' ~ quoted ~ ' drop not null') -%}
            {%- elif column.not_null and not now.not_null -%}
                {%- do require_column(relation, column.name, now.get('read_as', column.name), plan) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
