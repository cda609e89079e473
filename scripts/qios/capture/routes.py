"""Where captured words belong: the first route of qiaccess.entry_routes that matches."""

import re
import uuid
from dataclasses import dataclass, field

import psycopg
from psycopg.rows import class_row

from qios.errors import Findings


@dataclass(frozen=True)
class Route:
    """route_values: `column=value` texts of what a row made by the route gets."""

    id: uuid.UUID
    route_key: str
    pattern_type: str
    pattern: str
    entry_type: str
    target_schema: str
    target_table: str
    route_values: list[str] | None = field(default=None)

    def matches(self, text: str, file_name: str | None, media_type: str) -> bool:
        if self.pattern_type == "file_name":
            return bool(file_name and re.search(self.pattern, file_name, re.IGNORECASE))
        if self.pattern_type == "media_type":
            return re.search(self.pattern, media_type) is not None
        if self.pattern_type == "hashtag":
            return re.search(rf"#{re.escape(self.pattern)}\b", text, re.IGNORECASE) is not None
        if self.pattern_type == "keyword":
            return re.search(rf"\b{re.escape(self.pattern)}\b", text, re.IGNORECASE) is not None
        return re.search(self.pattern, text, re.IGNORECASE) is not None


def route_of(
    database: psycopg.Connection,
    text: str,
    file_name: str | None,
    media_type: str,
    channel: str,
    surface_id: uuid.UUID,
) -> Route:
    """The matching route with the lowest priority. Findings where none does."""
    with database.cursor(row_factory=class_row(Route)) as cursor:
        routes = cursor.execute(
            """
            select id, route_key, pattern_type, pattern, entry_type, target_schema, target_table,
                route_values
            from qiaccess.entry_routes
            where is_active and deprecated_at is null
                and (channel is null or channel = %s) and (surface_id is null or surface_id = %s)
            order by priority, route_key
            """,
            [channel, surface_id],
        )
        for route in routes:
            if route.matches(text, file_name, media_type):
                return route
    raise Findings(
        "no route of qiaccess.entry_routes says where this belongs",
        "give seeds/qiaccess/qiaccess__seed_entry_routes.csv a route for any words, then build",
    )
