{#-
    The functions, types, sequences and whatever else PostgreSQL keeps in an approved schema, apart from tables and
    views, that no build made: kind, object. What belongs to an extension, a table or a column is not there by itself.

    Example: with strays as ({{ stray_objects() }})
-#}
{% macro stray_objects() -%}
    select
        object.type as kind,
        case
            when object.type = 'extension' then approved.schema_name || '.' || object.identity
            else object.identity
        end as object
    from {{ ref('qieos__schemas') }} as approved
    inner join pg_catalog.pg_namespace as namespace on namespace.nspname = approved.schema_name
    inner join pg_catalog.pg_depend as held
        on held.refclassid = 'pg_catalog.pg_namespace'::regclass and held.refobjid = namespace.oid
            and held.deptype = 'n'
    cross join lateral pg_identify_object(held.classid, held.objid, 0) as object
    left join pg_catalog.pg_class as relation
        on held.classid = 'pg_catalog.pg_class'::regclass and relation.oid = held.objid
    where approved.status = 'active'
        and coalesce(relation.relkind not in ('r', 'p', 'v', 'm', 'f'), true)
        and not exists (
            select from pg_catalog.pg_depend as owned
            where owned.classid = held.classid and owned.objid = held.objid and owned.deptype in ('a', 'e', 'i')
        )
        and not (object.type = 'extension' and object.identity in ('pg_trgm', 'unaccent'))
        and held.objid not in (
            {%- for name in built_functions() %}
            coalesce(to_regprocedure('{{ name }}'), 0){{ ', ' if not loop.last }}
            {%- endfor %}
        )
{%- endmacro %}
