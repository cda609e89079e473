"""upsert_from_registry(): a table of the registry is the image of its seed."""

from macros.catalog import rows
from projects import Project
from qios.server import connection

NODES = ("qisystem__seed_environments", "qisystem__environments")
REGISTRY = "qisystem.environments"


def image(project: Project) -> dict[str, dict]:
    project.derive()
    ended = project.build(*NODES)
    assert ended.exit_code == 0, ended.text
    return rows(project, REGISTRY, "environment_key")


def test_a_seed_is_followed_line_by_line(project_copy: Project, built: connection.Settings) -> None:
    before = rows(project_copy, REGISTRY, "environment_key")
    with project_copy.seed(REGISTRY) as seed:
        ci, development, production = (dict(line) for line in seed)
        staging = dict(ci, environment_key="staging", promotes_to="production")
        seed[:] = [dict(development, description="Said anew."), production, staging]
    after = image(project_copy)

    assert after["production"] == before["production"]  # xmin and all: nobody touched it
    assert after["staging"]["promotes_to"] == "production"
    assert after["staging"]["is_production"] is False  # an empty flag
    said, kept = after["development"], before["development"]
    assert said["description"] == "Said anew."
    assert said["updated_at"] > kept["updated_at"]
    moved = {name for name in said if said[name] != kept[name]}
    assert moved == {"xmin", "description", "updated_at"}
    gone = after["ci"]
    assert gone["deprecated_at"] == gone["updated_at"] > before["ci"]["updated_at"]

    with project_copy.seed(REGISTRY) as seed:
        seed.append(ci)
    revived = image(project_copy)
    assert revived["ci"]["deprecated_at"] is None
    assert revived["ci"]["created_at"] == before["ci"]["created_at"]
    assert revived["ci"]["id"] == before["ci"]["id"]
    assert {key: row for key, row in revived.items() if key != "ci"} == {
        key: row for key, row in after.items() if key != "ci"
    }
