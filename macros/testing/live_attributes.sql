{#-
    The live columns of the approved schemas: oid, attnum, schema_name, table_name, is_view, column_name,
    data_type (as PostgreSQL spells it), required, default_value.

    Example: with live as ({{ live_attributes() }})
-#}
{% macro live_attributes() -%}
    select
        live.oid,
        attribute.attnum,
        live.schema_name,
        live.table_name,
        live.is_view,
        attribute.attname::text as column_name,
        format_type(attribute.atttypid, attribute.atttypmod) as data_type,
        attribute.attnotnull as required,
        pg_get_expr(standard.adbin, standard.adrelid) as default_value
    from ({{ live_relations() }}) as live
    inner join pg_catalog.pg_attribute as attribute
        on attribute.attrelid = live.oid and attribute.attnum > 0 and not attribute.attisdropped
    left join pg_catalog.pg_attrdef as standard
        on standard.adrelid = attribute.attrelid and standard.adnum = attribute.attnum
{%- endmacro %}
