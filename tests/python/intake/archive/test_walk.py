"""What is taken in of an archive, and what is refused for which reason."""

import gzip
import hashlib
import io
import itertools
import random
import tarfile
import zipfile
from pathlib import Path

import pytest

from qios.intake.archive.members import archive_kind
from qios.intake.archive.opening import open_bytes
from qios.intake.archive.walk import Found, LeftOut, Limits, walk

Files = dict[str, bytes]


def zipped(files: Files, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def tarred(files: Files, mode: str = "w:") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, content in files.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            archive.addfile(about, io.BytesIO(content))
    return packed.getvalue()


def walked(packed: bytes, name: str = "a.zip", **limits: int) -> list[Found | LeftOut]:
    stream = io.BytesIO(packed)
    return walk(stream, archive_kind(stream), name, len(packed), Limits(**limits))


def taken(packed: bytes, name: str = "a.zip", **limits: int) -> dict[str, str]:
    """Path -> SHA-256 of what is taken in; nothing is left out."""
    return {found.path: found.sha256 for found in walked(packed, name, **limits)}


def codes(packed: bytes, **limits: int) -> dict[str, str]:
    """Path -> reason code of what is left out."""
    met = walked(packed, **limits)
    return {found.path: found.code for found in met if isinstance(found, LeftOut)}


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that do not pack."""
    return random.Random(seed).randbytes(size)  # noqa: S311 no secret


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


FILES = {"one.csv": b"a,b\n1,2\n", "folder/two.txt": b"two"}


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.zip", zipped(FILES)),
        ("a.tar", tarred(FILES)),
        ("a.tar.gz", tarred(FILES, "w:gz")),
        ("misnamed.csv", zipped(FILES)),
    ],
)
def test_each_member_is_a_file_with_the_hash_of_its_own_bytes(name: str, packed: bytes) -> None:
    assert taken(packed, name) == {f"{name}!/{at}": sha(FILES[at]) for at in FILES}


def test_a_gzip_file_holds_the_one_it_is_named_after() -> None:
    assert taken(gzip.compress(b"a,b\n"), "x/rows.csv.gz") == {
        "x/rows.csv.gz!/rows.csv": sha(b"a,b\n")
    }


def test_an_archive_in_an_archive_is_a_file_and_opened() -> None:
    inner = zipped(FILES, zipfile.ZIP_STORED)
    found = walked(zipped({"part.zip": inner}))
    assert [(f.path, f.parent) for f in found] == [
        ("a.zip!/part.zip", "a.zip"),
        ("a.zip!/part.zip!/one.csv", "a.zip!/part.zip"),
        ("a.zip!/part.zip!/folder/two.txt", "a.zip!/part.zip"),
    ]
    assert found[0].sha256 == sha(inner)


def test_the_fourth_archive_within_stays_shut() -> None:
    packed = zipped(FILES)
    for _ in range(3):
        packed = zipped({"in.zip": packed})
    deepest = "a.zip!/in.zip!/in.zip!/in.zip"
    assert codes(packed) == {deepest: "nested_too_deep"}
    assert deepest in {found.path for found in walked(packed) if isinstance(found, Found)}
    assert not codes(zipped({"in.zip": zipped({"in.zip": zipped(FILES)})}))


def test_a_document_whose_format_is_a_zip_is_no_archive() -> None:
    workbook = zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})
    assert archive_kind(io.BytesIO(workbook)) is None
    assert taken(zipped({"book.xlsx": workbook})) == {"a.zip!/book.xlsx": sha(workbook)}


@pytest.mark.parametrize(
    "name", ["../up.txt", "a/../../up.txt", "/etc/passwd", "..\\up.txt", "C:\\up.txt", "C:up.txt"]
)
@pytest.mark.parametrize("pack", [zipped, tarred])
def test_a_name_that_leads_out_is_refused_and_its_neighbours_are_not(pack, name: str) -> None:
    met = walked(pack({name: b"x", "ok.txt": b"y"}))
    assert [found.code for found in met if isinstance(found, LeftOut)] == ["unsafe_member_name"]
    assert [found.path for found in met if isinstance(found, Found)] == ["a.zip!/ok.txt"]


def test_what_macos_adds_is_left_out_with_a_reason() -> None:
    junk = {
        "__MACOSX/._one.csv": b"x",
        ".DS_Store": b"x",
        "deep/.DS_Store": b"x",
        "._one.csv": b"x",
    }
    left_out = [f for f in walked(zipped(junk | FILES)) if isinstance(f, LeftOut)]
    assert [f.code for f in left_out] == ["macos_metadata"] * 4
    assert not any(f.refused for f in left_out)


def test_a_link_is_no_file() -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert codes(packed.getvalue()) == {"a.zip!/link": "link"}


def test_an_encrypted_member_is_refused() -> None:
    packed = bytearray(zipped({"secret.csv": b"x" * 40, "open.csv": b"y"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        packed[packed.index(mark) + flags] |= 1
    assert codes(bytes(packed)) == {"a.zip!/secret.csv": "encrypted_member"}


BOMB = zipped({"zeros": bytes(9 << 20)})


@pytest.mark.parametrize(
    ("packed", "limits"),
    [
        (BOMB, {}),
        (zipped({"photo": noise(1 << 20), "zeros": bytes(9 << 20)}), {}),
        (zipped({"inner.zip": BOMB}), {}),
        (tarred({"zeros": bytes(9 << 20)}, "w:gz"), {}),
        (gzip.compress(bytes(9 << 20)), {}),
        (zipped({"a": b"x" * 60, "b": b"x" * 60}), {"total": 100}),
        (gzip.compress(b"x" * 101), {"total": 100}),
        (tarred({"a": b"x" * 60}, "w:gz"), {"total": 100}),
        (zipped({"inner.zip": zipped(FILES)}), {"held": 100}),
        (zipped({"a": b"", "b": b"", "c": b""}), {"count": 2}),
        (zipped({"a": b"", "in.zip": zipped({"b": b""})}), {"count": 2}),
    ],
    # Named by their number: bytes of an archive hold the second in which it was made.
    ids=itertools.count(),
)
def test_a_bomb_gives_nothing_but_its_reason(packed: bytes, limits: dict[str, int]) -> None:
    (left_out,) = walked(packed, **limits)
    assert (left_out.path, left_out.code, left_out.whole) == ("a.zip", "archive_bomb", True)


def test_a_size_that_a_zip_declares_too_small_is_a_damaged_member() -> None:
    packed = bytearray(zipped({"a": b"x" * 1000}))
    at = packed.index(b"PK\x01\x02") + 24
    packed[at : at + 4] = (10).to_bytes(4, "little")
    assert codes(bytes(packed)) == {"a.zip!/a": "damaged_member"}


def test_two_members_of_one_name_are_two_files() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", b"2")
    assert taken(packed.getvalue()) == {"a.zip!/a.txt": sha(b"1"), "a.zip!/a.txt#2": sha(b"2")}


@pytest.mark.parametrize("pack", [zipped, tarred, lambda files: tarred(files, "w:gz")])
def test_damaged_bytes_raise_nothing(pack) -> None:
    whole = pack({f"{n}.txt": noise(300, n) for n in range(8)})
    chance = random.Random(7)  # noqa: S311 no secret
    for _ in range(150):
        broken = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        stream = io.BytesIO(broken[: chance.randint(30, len(broken))])
        if kind := archive_kind(stream):
            walk(stream, kind, "a", len(broken))
    assert any(codes(whole[: len(whole) // 2]).values())


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("a.zip", zipped({"part.zip": zipped(FILES), **FILES})),
        (
            "a.tar.gz",
            tarred({"part.zip": zipped(FILES), "./x.csv.gz": gzip.compress(b"x")}, "w:gz"),
        ),
    ],
)
def test_a_member_is_opened_by_its_path(tmp_path: Path, name: str, packed: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(packed)
    for member, digest in taken(packed, str(path)).items():
        with open_bytes(Path(member)) as stream:
            assert sha(stream.read()) == digest
            stream.seek(0)
            assert stream.seekable()


def test_a_member_that_is_not_there_is_an_error_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(FILES))
    with pytest.raises(OSError, match="not in its archive any more"):
        open_bytes(Path(f"{path}!/gone.csv"))
    with pytest.raises(FileNotFoundError):
        open_bytes(Path(f"{tmp_path}/gone.zip!/one.csv"))
    path.write_bytes(zipped({"other.csv": b"new"}))
    with open_bytes(Path(f"{path}!/other.csv")) as stream:
        assert stream.read() == b"new"


def test_a_folder_may_be_named_like_an_archive(tmp_path: Path) -> None:
    (tmp_path / "odd!").mkdir()
    (tmp_path / "odd!" / "a.zip").write_bytes(zipped(FILES))
    with open_bytes(Path(f"{tmp_path}/odd!/a.zip!/one.csv")) as stream:
        assert stream.read() == FILES["one.csv"]
