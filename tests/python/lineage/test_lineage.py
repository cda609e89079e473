"""Which column takes its value from which is read from SQL, and a leak is found."""

from pathlib import Path

import pytest

from conftest import run_qios
from projects import Project, copy_project
from qios.check.run import check
from qios.lineage.columns import UnreadableModel, flows
from qios.lineage.flows import unread_models
from qios.paths import project_root
from qios.registry.model import Registry

RELATIONS = {
    "staging": {
        "people": ["name", "nickname", "email", "kind", "sort"],
        "visits": ["email", "place"],
        "contacts": ["email", "loud"],
    }
}
MARKER = "[secret removed: password]"


def kinds(sql: str) -> dict[str, str]:
    """`output < column` → kind, of a select that calls its relations people and visits."""
    placed = sql.replace("{people}", '"qios"."staging"."people"')
    placed = placed.replace("{visits}", '"qios"."staging"."visits"')
    found = flows(placed, RELATIONS, ("staging", "contacts"), {MARKER})
    return {
        f"{output} < {'.'.join(source[1:])}": kind
        for output, sources in found.items()
        for source, kind in sources.items()
    }


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("select name from {people}", {"name < people.name": "copied"}),
        ("select * from (select name as n from {people}) as p", {"n < people.name": "copied"}),
        ("select coalesce(name, 'x')::text as n from {people}", {"n < people.name": "copied"}),
        ("select lower(name) as n from {people}", {"n < people.name": "derived"}),
        ("select md5(lower(name))::uuid as n from {people}", {"n < people.name": "identity"}),
        (
            "select regexp_replace(name, '.*', '[secret removed: password]') as n from {people}",
            {"n < people.name": "masked"},
        ),
        (
            "select case when email is null then name else 'x' end as n from {people}",
            {"n < people.name": "copied"},
        ),
        ("select case kind when 'a' then 'b' end as n from {people}", {}),
        ("select email like '%@x' as n from {people} where name is null", {}),
        ("select count(*) filter (where name is null) as n from {people}", {}),
        (
            "select first_value(name) over (order by sort) as n from {people}",
            {"n < people.name": "derived"},
        ),
        (
            "with a as (select name as n from {people}), b as (select n from a union all"
            " select place from {visits}) select n from b",
            {"n < people.name": "copied", "n < visits.place": "copied"},
        ),
        (
            "select said.n from {people} as p cross join lateral"
            " (values ('a', p.name), ('b', upper(p.nickname))) as said (k, n)",
            {"n < people.name": "copied", "n < people.nickname": "derived"},
        ),
        (
            "select t.n from {people} as p cross join lateral unnest(p.sort) as t (n)",
            {"n < people.sort": "derived"},
        ),
        (
            "select s.n from {people} as p cross join lateral"
            " (select t.n from unnest(p.sort) as t (n) union all select p.name) as s",
            {"n < people.name": "copied", "n < people.sort": "derived"},
        ),
        (
            "select (select max(v.place) from {visits} as v where v.email = p.email) as n"
            " from {people} as p",
            {"n < visits.place": "derived"},
        ),
    ],
)  # fmt: skip
def test_a_value_flows_and_a_decision_does_not(sql: str, found: dict[str, str]) -> None:
    assert kinds(sql) == found


def test_a_cell_of_a_payload_is_the_column_that_it_is_read_into() -> None:
    sql = (
        "with read as (select payload.x as email from {people} as p"
        " cross join lateral json_to_record(p.sort) as payload (x text))"
        " select email, upper(email) as loud from read"
    )
    assert kinds(sql) == {"email < contacts.email": "copied", "loud < contacts.email": "derived"}


def test_what_cannot_be_read_is_said() -> None:
    with pytest.raises(UnreadableModel):
        kinds("select from where")


def test_the_committed_flows_are_those_of_the_models() -> None:
    assert list(unread_models(Registry(project_root()))) == []
    ended = run_qios("lineage", "--check")
    assert ended.returncode == 0, ended.stderr


def test_a_changed_model_is_read_again(tmp_path: Path) -> None:
    project = Project(tmp_path / "project", run_qios)
    copy_project(project_root(), project.root, built=False)
    path = "models/promotion/zoho_contacts/zoho_contacts__core__people.sql"
    project.replace(path, "'job_title'", "'job_title || birth_date as job_title'")
    registry = Registry(project.root)
    found = [(f.code, f.object, f.path) for f in check(registry, None).findings]
    assert found == [("R0909", "core.people.job_title", path)]
    project.replace(path, "job_title || birth_date as job_title", "upper(job_title) as job_title")
    found = [(f.code, f.object) for f in check(Registry(project.root), None).findings]
    assert found == [("R0708", path)]
    assert project.qios("lineage").exit_code == 0
    assert check(Registry(project.root), None).findings == []


def test_a_changed_macro_makes_the_models_that_call_it_unread(tmp_path: Path) -> None:
    """By what it says, not by what is said of it; other models stay as they were read."""
    project = Project(tmp_path / "project", run_qios)
    copy_project(project_root(), project.root, built=False)
    path = project.root / "macros/notion/notion_entity.sql"
    text = path.read_text("utf-8")
    path.write_text(text + "{#- Nothing new. -#}\n", "utf-8")
    assert not list(unread_models(Registry(project.root)))
    path.write_text(text.replace("{% macro", "{% macro more() -%}null{%- endmacro %}{% macro", 1))
    unread = {model.as_posix() for model in unread_models(Registry(project.root))}
    assert "models/staging/notion/staging__notion_tasks.sql" in unread
    assert "models/staging/zoho/staging__zoho_contacts.sql" not in unread
