"""How the rows are known that were of an entity before it was merged, or would be of it today.

What the merge moved stands in core.audit_events as it was before; it is the entity's own where it
has not been elsewhere since. Rows that came later are of the entity that their source speaks of, by
qinexus.source_values. The statements of a split ask this, with the values of what is taken back.
"""

from psycopg import sql

from qios.identity.belonging import ENTITIES, Pointer, Table, tables

# Rows as they were before the merge: the first image that the act took of each. One act merges many
# entities, so the rows at hand are looked up in it, and not the other way round.
BEFORE = sql.SQL(
    """
    with before as materialized (
        select held.id as target_id, image.occurred_at, image.before_image as image
        from {table} as held
        cross join lateral (
            select event.occurred_at, event.before_image from core.audit_events as event
            where event.target_id = held.id and event.correlation_id = %(act)s
                and event.before_image is not null
                and event.target_schema = {schema} and event.target_table = {name}
            order by event.occurred_at limit 1
        ) as image
        where {at_hand}
    )
    """
)
# What was put elsewhere after the merge and came to the survivor again is there for another reason.
HAS_STAYED = sql.SQL(
    """
    not exists (
        select from core.audit_events as later
        where later.target_schema = {schema} and later.target_table = {name}
            and later.target_id = held.id and later.occurred_at > before.occurred_at
            and later.before_image is not null
            and coalesce((later.before_image ->> {column})::uuid <> all({homes}), true)
    )
    """
)
WAS_ITS_OWN = sql.SQL(
    """
    (
        held.{pointer} = any({home}) and (before.image ->> {column})::uuid = any({loser})
        and {has_stayed}
    )
    """
)
SPOKEN_OF = sql.SQL(
    """
    (
        held.{pointer} = any({home}) and (word.source_values ->> {column})::uuid = any({group})
        and (
            held.created_at >= %(since)s
            or (
                select (event.before_image ->> {column})::uuid from core.audit_events as event
                where event.target_schema = {schema} and event.target_table = {name}
                    and event.target_id = held.id and event.occurred_at > %(since)s
                    and event.before_image is not null
                order by event.occurred_at limit 1
            ) <> all({homes})
        )
    )
    """
)


def was_its_own(table: Table, pointer: Pointer) -> sql.Composable:
    """The condition on `held`, joined to `before`, that the merge moved it from the loser."""
    return WAS_ITS_OWN.format(**parts_of(table, pointer))


def spoken_of(table: Table, pointer: Pointer) -> sql.Composable:
    """The condition on `held`, joined to its last `word`, that it came later and is the loser's."""
    return SPOKEN_OF.format(**parts_of(table, pointer))


def at_home(pointer: Pointer) -> sql.Composable:
    """The condition on `held` that it refers to the survivor today."""
    return sql.SQL("held.{} = any({})").format(sql.Identifier(pointer.column), ids(pointer, "home"))


def named(table: Table) -> dict[str, sql.Composable]:
    """What the statements say of a table."""
    return {
        "table": table.identifier,
        "schema": sql.Literal(table.relation.schema),
        "name": sql.Literal(table.relation.name),
        "touched": table.touched,
    }


def parts_of(table: Table, pointer: Pointer) -> dict[str, sql.Composable]:
    """What the conditions say of a pointer, besides."""
    parts = named(table) | {
        "pointer": sql.Identifier(pointer.column),
        "column": sql.Literal(pointer.column),
    }
    parts |= {name: ids(pointer, name) for name in ("home", "homes", "loser", "group")}
    return parts | {"has_stayed": HAS_STAYED.format(**parts)}


def ids(pointer: Pointer, entities: str) -> sql.Composable:
    """The ids by which a pointer refers to entities, as an array: their own or their facets'."""
    given, target = sql.Placeholder(entities), tables()[pointer.target]
    if target.name == ENTITIES:
        return sql.SQL("{}::uuid[]").format(given)
    return sql.SQL("array(select facet.id from {} as facet where facet.{} = any({}))").format(
        target.identifier, sql.Identifier(target.facet_of), given
    )
