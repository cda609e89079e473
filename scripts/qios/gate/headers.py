"""Which columns of a file are secret, by their headings and by what its source declares."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qios.errors import EnvironmentFault
from qios.gate.values import compiled
from qios.intake.header import normal_label


@dataclass(frozen=True)
class Redaction:
    """What is put in place of the values of a column, and the category of what was there."""

    marker: str
    category: str


DECLARED = Redaction("[secret removed: declared secret]", "declared")
_PASSWORD = re.compile(
    r"passw|kennwort|mot.de.passe|contrase|wachtwoord|senha|parola|парол|パスワード|密[码碼]|"
    r"^(?:pass|pwd|pw)$",
    re.IGNORECASE,
)
_USER = re.compile(
    r"user|login|account|e-?mail|benutzer|konto|utilisateur|identifiant|usuario|gebruiker|логин|"
    r"ユーザ|用户",
    re.IGNORECASE,
)
_SITE = re.compile(r"url|uri|site|domain|web|title|titel|titre|^name$|host|adresse", re.IGNORECASE)
NAMELESS = Redaction("[secret removed: a column without a name]", "unknown")


def kinds_of_headings(
    rules: Iterable[tuple[str, str, str]],
) -> Callable[[str], Redaction | None]:
    """Of a label what replaces the values under it; None where it is the heading of no secret."""
    known = [(compiled(pattern, re.IGNORECASE), Redaction(*what)) for pattern, *what in rules]
    if not known:
        raise EnvironmentFault(
            "the secret gate has no redaction rules, so no file may pass it",
            cure="load the registry (its redaction rules are a seed), then import again",
        )

    def kind_of(label: str) -> Redaction | None:
        # Compatibility forms: a full-width letter is the same letter to the one who reads it.
        plain = unicodedata.normalize("NFKC", label)
        return next((what for pattern, what in known if pattern.search(plain)), None)

    return kind_of


def secret_columns(
    labels: Sequence[str],
    kind_of: Callable[[str], Redaction | None],
    declared: Iterable[str],
    positions: Mapping[str, int],
) -> tuple[dict[int, Redaction], tuple[str, ...]]:
    """0-based position → what replaces its values; and the declared columns that are absent.

    A column without a name is secret as soon as another one is.
    """
    said, absent = _declared_positions(labels, declared, positions)
    columns = {}
    for position, label in enumerate(labels):
        hit = kind_of(label)
        if hit is None and position in said:
            hit = DECLARED
        if hit is not None:
            columns[position] = hit
    if columns:
        nameless = (position for position, label in enumerate(labels) if not label.strip())
        columns |= dict.fromkeys(nameless, NAMELESS)
    return columns, absent


def looks_like_credentials(labels: Sequence[str]) -> bool:
    """Whether a file with this header is a password export, whoever made it.

    So it is with a column for the password, one for the user and one for the site; or where an
    address stands in place of a heading beside what no heading is: then the first row is a row.
    """
    plain = [unicodedata.normalize("NFKC", label).strip() for label in labels]
    if all(any(kind.search(label) for label in plain) for kind in (_PASSWORD, _USER, _SITE)):
        return True
    addresses = [label for label in plain if "://" in label]
    return bool(addresses) and any(_like_password(label) for label in plain if "://" not in label)


def _like_password(label: str) -> bool:
    kinds = (str.islower, str.isupper, str.isdigit, lambda letter: not letter.isalnum())
    return (
        len(label) >= 6
        and " " not in label
        and "@" not in label[1:-1]
        and (sum(any(map(kind, label)) for kind in kinds) >= 3)
    )


def _declared_positions(
    labels: Sequence[str], declared: Iterable[str], positions: Mapping[str, int]
) -> tuple[set[int], tuple[str, ...]]:
    """Where the declared secret columns stand, header twins included, and which are nowhere."""
    found: set[int] = set()
    absent = []
    for name in declared:
        label = normal_label(labels[positions[name]] if name in positions else name)
        here = {at for at, other in enumerate(labels) if normal_label(other) == label}
        found |= here
        if not here:
            absent.append(name)
    return found, tuple(absent)
