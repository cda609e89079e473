"""read_relations() finds the page of every relation, whatever its title looks like."""

from pathlib import Path
from urllib.parse import quote

import jinja2
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from qios.server import connection

MACRO = Path(__file__).parents[3] / "macros" / "flow" / "read_relations.sql"

TITLES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0")
    | st.sampled_from(list("(),. []%→?&")),
    max_size=20,
)
IDS = st.integers(0, 16**32 - 1).map("{:032x}".format)
FOLDERS = st.sampled_from(["", "../", f"Projects%20&%20Tasks%20{'1' * 32}/Tasks%20{'2' * 32}/"])


@st.composite
def relations(draw: st.DrawFn) -> tuple[str, str]:
    """(a relation as Notion writes it, the id of its page)."""
    title, page_id = draw(TITLES), draw(IDS)
    path = quote(title, safe="/&(),!'*")
    address = draw(
        st.sampled_from(
            [
                f"{draw(FOLDERS)}{path}%20{page_id}.md",
                f"https://www.notion.so/{path}-{page_id}",
                f"https://www.notion.so/{page_id}?pvs=21",
            ]
        )
    )
    return f"{title} ({address})", page_id


def read(cell: str | None) -> list[str]:
    """What the macro makes of a cell."""
    template = MACRO.read_text(encoding="utf-8") + "{{ read_relations('given.cell') }}"
    shown = jinja2.Environment(autoescape=False).from_string(template)  # noqa: S701 no HTML
    expression = shown.render({"return": lambda value: value})
    statement = sql.SQL("select {} from (select %s::text as cell) as given")
    with connection.connect("postgres", autocommit=True) as database:
        (found,) = database.execute(statement.format(sql.SQL(expression)), [cell]).fetchone()
    return found


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(relations(), max_size=5))
def test_each_relation_gives_its_page(
    server: connection.Settings, given_relations: list[tuple[str, str]]
) -> None:
    cell = ", ".join(text for text, _ in given_relations)
    assert read(cell) == [page_id for _, page_id in given_relations]


def test_names_alone_lead_nowhere(server: connection.Settings) -> None:
    assert read("Fair, Move (2026)") == read(None) == []
