"""Which encoding a file is opened in, and what becomes of bytes that do not fit it."""

import codecs
import io

import pytest

from qios.errors import Findings, UsageError
from qios.intake.decode import is_decodable, open_text, storable

TEXT = 'name,city\r\nZoë,"Łódź, PL"\r\n'


def opened(data: bytes, declared: str | None = None):
    return open_text(io.BytesIO(data), name="contacts.csv", declared=declared)


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_is_recognized_and_line_ends_are_kept(data, encoding):
    result = opened(data, declared="cp1252")
    assert result.encoding == encoding
    assert result.stream.read() == TEXT


def test_nul_bytes_do_not_make_a_file_utf16():
    text = "id,name\n" + "a\0" * 50
    assert opened(text.encode()).stream.read() == text


def test_declared_encoding_counts_only_where_the_bytes_are_not_utf8():
    legacy = "name\nMüller\n"
    assert opened(legacy.encode("cp1252"), declared="cp1252").stream.read() == legacy
    assert opened(legacy.encode(), declared="cp1252").stream.read() == legacy


def test_a_path_is_opened(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text(TEXT, encoding="utf-8", newline="")
    with open_text(path).stream as stream:
        assert stream.read() == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be", "cp1252", "gbk"])
def test_no_byte_stops_the_reading(encoding):
    junk = bytes(range(256)) * 3 + b"\x81"
    marks = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-32-be": codecs.BOM_UTF32_BE}
    result = opened(marks.get(encoding, b"name\n") + junk, declared=encoding)
    text = result.stream.read()
    assert not is_decodable(text)
    storable(text).encode()


def test_undecodable_bytes_are_lone_surrogates():
    assert opened(b"name\nM\xfcller\n").stream.read() == "name\nM\udcfcller\n"


def test_storable_text_shows_what_was_there():
    assert storable("a\0b\udcffc😀") == "a\u2400b\ufffdc😀"


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_names_file_rule_and_cure(data):
    with pytest.raises(Findings, match=r"contacts\.csv is empty.*empty_file") as caught:
        opened(data)
    assert caught.value.cure


@pytest.mark.parametrize("declared", ["no-such-encoding", "hex"])
def test_an_unknown_encoding_is_a_usage_error(declared):
    with pytest.raises(UsageError, match=declared) as caught:
        opened(b"name\n\xff\n", declared=declared)
    assert "cp1252" in caught.value.cure
