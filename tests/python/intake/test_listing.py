"""Which files the paths of a command name."""

import os
from pathlib import Path

import pytest

from qios.errors import UsageError
from qios.intake.listing import files_below


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """inside/a.csv, inside/deep/b.csv, and a.csv a second time through a link."""
    (tmp_path / "inside" / "deep").mkdir(parents=True)
    (tmp_path / "inside" / "a.csv").touch()
    (tmp_path / "inside" / "deep" / "b.csv").touch()
    (tmp_path / "inside" / "link.csv").symlink_to("a.csv")
    return tmp_path / "inside"


def test_a_file_is_named_once_however_it_is_reached(folder: Path) -> None:
    paths = [folder / "deep", folder, folder / "link.csv", folder / "deep" / ".." / "a.csv"]
    assert files_below(paths) == [f"{folder}/a.csv", f"{folder}/deep/b.csv"]


def test_what_is_no_file_is_passed_over_in_a_folder(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert len(files_below([folder])) == 2
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        files_below([folder / "pipe"])


def test_a_link_that_leads_nowhere_is_named_by_its_own_path(folder: Path) -> None:
    (folder / "lost.csv").symlink_to("absent.csv")
    assert f"{folder}/lost.csv" in files_below([folder])
    with pytest.raises(UsageError, match=r"lost\.csv: No such file"):
        files_below([folder / "lost.csv"])


@pytest.mark.skipif(os.geteuid() == 0, reason="no folder is closed to root")
def test_a_closed_folder_is_named_and_not_passed_over(folder: Path) -> None:
    (folder / "deep").chmod(0)
    try:
        assert files_below([folder]) == [f"{folder}/a.csv", f"{folder}/deep"]
    finally:
        (folder / "deep").chmod(0o700)
