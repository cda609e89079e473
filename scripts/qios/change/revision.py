"""The seeds as they were at a commit, read from git's object database; nothing is checked out."""

from __future__ import annotations

import io
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from qios.errors import EnvironmentFault, UsageError
from qios.registry.seeds import Seeds

SEED_FILE = "seeds/*/*.csv"


@dataclass(frozen=True)
class SeedsAtRevision(Seeds):
    """Seeds whose files are blobs: path below the project → text."""

    texts: dict[Path, str] = field(default_factory=dict)

    @property
    def paths(self) -> dict[str, Path]:
        return {path.stem.replace("__", ".", 1): path for path in sorted(self.texts)}

    def open(self, path: Path) -> TextIO:
        return io.StringIO(self.texts[path], newline="")


def seeds_at(root: Path, ref: str) -> SeedsAtRevision:
    """The seeds that the project folder `root` had at the commit that `ref` names.

    Raises EnvironmentFault where there is no git or no repository, UsageError for a ref that names
    no commit or a commit without seeds.
    """
    _git(root, "rev-parse", "--git-dir", fault=_no_repository(root))
    unknown = UsageError(
        f"git knows no commit {ref!r} here",
        "name a branch, tag or commit of this repository; a branch of another one must be fetched "
        "first",
    )
    named = _git(
        root, "rev-parse", "--verify", "--end-of-options", f"{ref}^{{commit}}", fault=unknown
    )
    commit = named.decode().strip()
    listing = _git(root, "ls-tree", "-r", "-z", commit, "--", "seeds", fault=unknown)
    blobs = {}
    for entry in filter(None, listing.decode().split("\0")):
        facts, _, name = entry.partition("\t")
        if Path(name).match(SEED_FILE):
            blobs[Path(name)] = facts.split()[2]
    if not blobs:
        raise UsageError(
            f"{ref} holds no registry below {root}",
            "compare with a commit that has seeds/<schema>/*.csv",
        )
    contents = _contents(root, list(blobs.values()), unknown)
    return SeedsAtRevision(root, dict(zip(blobs, contents, strict=True)))


def _contents(root: Path, blobs: list[str], fault: UsageError) -> list[str]:
    """The texts of blobs, from one `git cat-file`: a header line, the bytes and a newline each."""
    answer = _git(
        root, "cat-file", "--batch", fault=fault, given="".join(f"{blob}\n" for blob in blobs)
    )
    stream, texts = io.BytesIO(answer), []
    for _ in blobs:
        size = int(stream.readline().split()[2])
        texts.append(stream.read(size).decode("utf-8"))
        stream.read(1)
    return texts


def _git(root: Path, *arguments: str, fault: Exception, given: str = "") -> bytes:
    """What git prints; `fault` is raised where it refuses."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(root), *arguments],
            input=given.encode(),
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise EnvironmentFault("the program git is not installed", "install git") from None
    if answer.returncode:
        raise fault
    return answer.stdout


def _no_repository(root: Path) -> EnvironmentFault:
    return EnvironmentFault(
        f"{root} is not in a git repository, so there is nothing to compare with",
        "change into a clone of the project, or set QIOS_PROJECT_DIR to one",
    )
