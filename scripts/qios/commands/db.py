"""`qios db …`: the private server, and the way to whichever server is used."""

import os

import typer

from qios.errors import UsageError
from qios.output import Json, say, show
from qios.server import binaries, cluster, connection, postmaster, preparation
from qios.server.folders import locate

app = typer.Typer(
    no_args_is_help=True, help="Start, stop and reach the PostgreSQL server of this checkout."
)


@app.command()
def start() -> None:
    """Start the private server (or find it running)."""
    where = connection.settings()
    if where.external:
        connection.connect("postgres").close()
        say(f"the server at {where.host}, port {where.port} answers; it is not ours to start")
    else:
        said = "started" if cluster.start() else "already running"
        say(f"{said}: process {postmaster.pid(locate().data)}, socket in {where.host}")


@app.command()
def stop() -> None:
    """Stop the private server; its data stays."""
    where = connection.settings()
    if where.external:
        raise UsageError(
            f"the server at {where.host}, port {where.port} is not ours to stop",
            "unset QIOS_PGHOST to speak of the private server",
        )
    say("stopped" if cluster.stop() else "not running")


@app.command()
def status(as_json: Json = False) -> None:
    """Say whether the server answers, and where it is. Exit code 3 when it does not."""
    where = connection.settings()
    found = {"external": where.external, "host": where.host, "port": where.port}
    if where.external:
        with connection.connect() as database:
            running = True
            found["version"] = database.info.parameter_status("server_version")
    else:
        folders = locate()
        number = postmaster.pid(folders.data)
        running = bool(number) and cluster.is_ready(folders)
        found |= {"process": number, "account": folders.account.name, "data": str(folders.data)}
        found["version"] = binaries.version()
    state = "running" if running else "starting" if found.get("process") else "stopped"
    show({"state": state, "database": where.database, "user": where.user} | found, as_json)
    if not running:
        raise typer.Exit(3)


@app.command()
def url() -> None:
    """Print a URL that psql takes. It holds a password only where QIOS_PGPASSWORD gives one."""
    print(connection.settings().url())


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def psql(context: typer.Context) -> None:
    """Open psql, of the private server's version, on the database; arguments go on to it.

    Example: `qios db psql -c "select count(*) from core.people"`
    """
    where = connection.settings()
    if where.password:
        os.environ["PGPASSWORD"] = where.password  # not an argument: `ps` shows those
    address = ["-h", where.host, "-p", str(where.port), "-U", where.user, "-d", where.database]
    program = str(binaries.program("psql"))
    os.execv(program, [program, *address, *context.args])  # noqa: S606 a program, no shell


@app.command()
def prepare() -> None:
    """Start the server, create the database and write profiles.yml, as far as that is missing."""
    for line in preparation.prepare():
        say(line)
    say(f"ready: {connection.settings()}")
