"""Files that are not as they should be: what is good is staged, the rest is named and kept."""

import os
from pathlib import Path

from flow.world import Row, World, contact

HEADER = "Record Id,First Name,Last Name,Email,Phone"
GOOD = "zcrm_5514002000000700001,Ann,Good,ann@example.com,614-555-0101"
IDS = "select raw_payload ->> 'Record Id' as id from staging.zoho_contacts_raw order by row_number"
REFUSED = """
    select row_number, reason_code, reason_detail, raw_payload, review_status
    from staging.import_rows order by row_number, created_at
"""


def write(world: World, *lines: str, encoding: str = "utf-8", name: str = "export.csv") -> Path:
    path = world.folder / name
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return path


def stage(world: World, path: Path, *arguments: str, exit_code: int = 0) -> Row:
    world.qios("register", path)
    return world.json("stage", *arguments, exit_code=exit_code)


BAD_ROWS = {
    "missing_cell": b"%d,Too,Short",
    "extra_cell": b"%d,Too,Long,a@example.com,,more",
    "nul_byte": b"%d,N\0l,Byte,,",
    "invalid_encoding": b"%d,Zo\xeb,Latin,,",
    "unterminated_quote": b'%d,"Open,Quote,,',
    "text_after_quote": b'%d,"A"fter,Quote,,',
    "id_in_scientific_notation": b"%d.514E+18,By,Spreadsheet,,",
}


def test_bad_rows_are_kept_apart_each_with_its_reason(world: World) -> None:
    """Good and bad rows by turns: line 1 is the header, so row 2 stands on line 3."""
    path = world.folder / "export.csv"
    lines = [HEADER.encode()]
    for number, line in enumerate(BAD_ROWS.values(), 1):
        lines += [GOOD.replace("00001", f"0000{number}").encode(), line % (number * 2)]
    path.write_bytes(b"\n".join([*lines, b""]))
    world.qios("register", path)
    said = world.qios("stage", exit_code=1).stdout

    assert "14 rows read = 7 staged + 7 rejected + 0 repeated" in said
    assert [int(row["id"][-1]) for row in world.rows(IDS)] == list(range(1, 8))
    refused = world.rows(REFUSED)
    assert [(row["row_number"], row["reason_code"]) for row in refused] == [
        (number * 2, code) for number, code in enumerate(BAD_ROWS, 1)
    ]
    for row in refused:
        number, code = row["row_number"], row["reason_code"]
        assert f"{path} row {number}: {code} (line {number + 1}: " in said
        assert f"cure of {code}: " in said
        assert row["review_status"] == "needs_review"
        (text, *_) = row["raw_payload"].values()
        assert (text if isinstance(text, str) else text[0]).startswith(str(number))
    counts = world.rows("select rows_read, rows_staged, rows_rejected from qinexus.import_files")
    assert counts == [{"rows_read": 14, "rows_staged": 7, "rows_rejected": 7}]


def test_behind_an_unreadable_row_no_secret_slips_through(world: World) -> None:
    """A quote out of step could move a secret under another heading, so those rows wait."""
    header, secret = f"{HEADER},Portal Password", "hunter-22"
    lines = [
        f"{GOOD},{secret}",
        f'2,"A,b,,,{secret}',
        GOOD.replace("00001", "00003") + f",{secret}",
    ]
    assert stage(world, write(world, header, *lines), exit_code=1)["rows"]["staged"] == 1
    codes = [row["reason_code"] for row in world.rows(REFUSED)]
    assert codes == ["unterminated_quote", "shape_uncertain"]
    assert secret not in world.dump()


def test_refused_rows_are_read_again_in_the_right_encoding(world: World) -> None:
    """The rows that were good the first time are not read again."""
    umlaut = "zcrm_5514002000000700002,Zoë,Müller,,"
    path = write(world, HEADER, GOOD, umlaut, encoding="cp1252")
    first = stage(world, path, exit_code=1)
    assert first["rows"] == {"read": 2, "staged": 1, "rejected": 1, "repeated": 0}
    assert "--retry --encoding cp1252" in first["files"][0]["refused"][0]["cure"]
    assert world.json("review", "list")["refused"] == 1

    assert world.json("stage", "--retry", exit_code=1)["rows"]["rejected"] == 1
    again = world.json("stage", "--retry", "--encoding", "cp1252", path)
    assert again["rows"] == {"read": 1, "staged": 1, "rejected": 0, "repeated": 0}
    assert world.json("stage", "--retry", "--encoding", "cp1252")["rows"]["read"] == 0
    assert world.json("review", "list")["refused"] == 0
    names = world.rows("select row_number, full_name from staging.zoho_contacts order by 1")
    assert [tuple(row.values()) for row in names] == [(1, "Ann Good"), (2, "Zoë Müller")]
    statuses = [row["review_status"] for row in world.rows(REFUSED)]
    assert statuses == ["superseded", "superseded"]


def test_every_usual_encoding_is_read(world: World) -> None:
    marked = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
    for number, (encoding, mark) in enumerate(
        [*marked.items(), *dict.fromkeys(marked, b"").items()]
    ):
        line = GOOD.replace("Ann", "Zoë").replace("00001", f"0000{number}")
        path = write(world, HEADER, line, encoding=encoding, name=f"{number}.csv")
        path.write_bytes(mark + path.read_bytes())
    assert stage(world, world.folder)["rows"]["staged"] == 6
    latin = write(world, HEADER, GOOD.replace("Ann", "Zoë").replace("1,", "9,"), encoding="cp1252")
    assert stage(world, latin, "--encoding", "cp1252")["rows"]["staged"] == 1
    names = world.rows("select given_name from staging.zoho_contacts")
    assert [row["given_name"] for row in names] == ["Zoë"] * 7


def test_an_id_of_nineteen_digits_is_kept_to_the_last(world: World) -> None:
    number = "9223372036854775807"
    stage(world, write(world, HEADER, f"{number},Big,Number,,", f" zcrm_{number} ,Same,Number,,"))
    ids = world.rows("select external_id, row_key from staging.zoho_contacts")
    assert [row["external_id"] for row in ids] == [number, number]
    assert ids[0]["row_key"] == ids[1]["row_key"]


def test_twin_and_blank_headings_lose_no_cell(world: World) -> None:
    lines = (f"{HEADER},Email,,", GOOD + ",second@example.com,without a name,")
    assert stage(world, write(world, *lines))["rows"]["staged"] == 1
    payload = world.value("select raw_payload from staging.zoho_contacts_raw")
    assert list(payload.values()) == lines[1].split(",")
    assert payload["Email#2"] == "second@example.com"
    header = world.value("select header from qinexus.import_files")
    assert header == lines[0].split(",")


WHOLE_FILES = {
    "empty_file": b"",
    "blank_header": b",,\n1,2,3\n",
    "malformed_header": b'Record Id,"Last Name\nzcrm_1,Smith\n',
    "invalid_encoding": b"Record Id,Last Name,Stra\xdfe\nzcrm_1,Smith,\n",
}


def test_files_that_cannot_be_placed_are_named_and_hinder_no_other(world: World) -> None:
    for code, content in WHOLE_FILES.items():
        (world.folder / f"{code}.csv").write_bytes(content)
    summary = stage(world, write(world, HEADER, GOOD, name="good.csv").parent, exit_code=1)
    assert summary["rows"]["staged"] == 1
    problems = {problem["path"]: problem for problem in summary["problems"]}
    assert problems.keys() == {str(world.folder / f"{code}.csv") for code in WHOLE_FILES}
    # They are read again when somebody says so, and named for people.
    assert world.json("stage")["problems"] == []
    said = world.qios("stage", "--retry", exit_code=1).stdout
    for code in WHOLE_FILES:
        problem = problems[str(world.folder / f"{code}.csv")]
        assert problem["path"] in problem["message"]
        assert f"({code})" in problem["message"]
        assert problem["message"] in said
        assert f"cure: {problem['cure']}" in said


def test_a_path_that_is_not_there_is_a_mistake_of_the_caller(world: World) -> None:
    for command in ("register", "stage", "ingest"):
        said = world.qios(command, world.folder / "absent.csv", exit_code=2).stderr
        assert "absent.csv: No such file" in said
        assert "cure: " in said
    os.mkfifo(world.folder / "pipe")
    said = world.qios("register", world.folder / "pipe", exit_code=2).stderr
    assert "neither a file nor a folder" in said


def test_what_cannot_be_read_is_named_and_the_rest_imported(world: World) -> None:
    write(world, HEADER, GOOD, name="good.csv")
    (world.folder / "nowhere.csv").symlink_to("absent.csv")
    (world.folder / "round.csv").symlink_to("round.csv")
    os.mkfifo(world.folder / "pipe.csv")
    # A file of the kernel that looks like any other and fails to be read, even for root.
    (world.folder / "broken.csv").symlink_to("/proc/self/mem")
    Path(os.fsdecode(os.fsencode(world.folder) + b"/caf\xe9.csv")).write_text(HEADER)
    summary = world.json("register", world.folder, exit_code=1)
    assert summary["counts"] == {"unreadable": 4, "new": 1}
    said = world.qios("register", world.folder, exit_code=1).stdout
    for name, why in {
        "nowhere.csv": "No such file",
        "round.csv": "symbolic links",
        "mem": "Input/output error",
        "caf\ufffd.csv": "its name is not valid UTF-8",
    }.items():
        assert any(name in line and why in line for line in said.splitlines()), said
    assert world.json("stage")["rows"]["staged"] == 1


def test_a_file_that_changed_or_went_after_it_was_registered_waits(world: World) -> None:
    changed = write(world, HEADER, GOOD, name="changed.csv")
    gone = write(world, HEADER, GOOD.replace("00001", "00002"), name="gone.csv")
    world.qios("register", world.folder)
    write(world, HEADER, GOOD.replace("Ann", "Anne"), name="changed.csv")
    gone.rename(world.folder / "elsewhere.csv")
    problems = world.json("stage", exit_code=1)["problems"]
    assert {problem["path"] for problem in problems} == {str(changed), str(gone)}
    assert world.count("staging.zoho_contacts_raw") == 0
    # The new bytes are a new version; the moved file is known by its bytes, wherever it lies.
    assert world.json("ingest", world.folder)["stage"]["rows"]["staged"] == 2
    assert {row["id"] for row in world.rows(IDS)} == {
        "zcrm_5514002000000700001",
        "zcrm_5514002000000700002",
    }


def test_what_is_not_registered_is_not_staged_in_silence(world: World) -> None:
    path = write(world, HEADER, GOOD)
    (problem,) = world.json("stage", path, exit_code=1)["problems"]
    assert "(not_registered)" in problem["message"]
    assert "qios register" in problem["cure"]


def test_an_unknown_encoding_is_a_mistake_of_the_caller(world: World) -> None:
    path = write(world, HEADER, GOOD)
    for command in ("stage", "ingest"):
        said = world.qios(command, path, "--encoding", "klingon", exit_code=2).stderr
        assert "'klingon' is not the name of a text encoding" in said
    assert world.count("qinexus.files") == 0


def test_many_bad_rows_are_counted_in_full_and_named_in_part(world: World) -> None:
    world.qios("register", write(world, HEADER, *["one cell"] * 2500))
    said = world.qios("stage", exit_code=1).stdout
    assert "2500 rows read = 0 staged + 2500 rejected + 0 repeated" in said
    assert said.count("missing_cell (line") == 20
    assert "2500 (the first 20 are named here)" in said
    assert world.count("staging.import_rows") == 2500


def test_a_batch_without_a_good_row_promotes_nothing(world: World) -> None:
    path = world.export("bad.csv", [contact(1, **{"Last Name": "Mail", "Email": "nobody"})])
    summary = world.json("ingest", path)
    assert summary["promote"]["promoted"] == 0
    assert summary["promote"]["waiting_for_review"] == 1
    assert summary["exit_code"] == 0
