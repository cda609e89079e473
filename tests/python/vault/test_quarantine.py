"""Six kinds of password exports: what stays of a row, and that it is nothing secret."""

import pytest

from qios.gate.marker import WITHHELD
from qios.intake.chunk import Chunk, Rejected
from qios.intake.sources import registered_sources
from qios.sources.claims import claims, strongest
from qios.vault.credentials import Credential, Layout
from qios.vault.quarantine import Quarantine

USER, PASSWORD, NOTE, SEED = (
    "anna.vogel",
    'q;7|"Tau"\t9, x',
    "codes:\n1842-7711",
    "JBSWY3DPEHPK3PXP",
)
URL = "https://anna:k9@www.example.com/login?token=abc123"
EXPORTS = {
    "chrome_passwords": {
        "name": "example.com", "url": URL, "username": USER, "password": PASSWORD, "note": NOTE,
    },
    "firefox": {
        "url": URL, "username": USER, "password": PASSWORD, "httpRealm": "My Realm",
        "formActionOrigin": URL, "guid": "{0e2a}", "timeCreated": "1700000000000",
        "timeLastUsed": "1700000000001", "timePasswordChanged": "1700000000002",
    },
    "bitwarden": {
        "folder": "Private", "favorite": "1", "type": "login", "name": "Mine", "notes": NOTE,
        "fields": "pin: 4711", "reprompt": "0", "login_uri": URL, "login_username": USER,
        "login_password": PASSWORD, "login_totp": SEED,
    },
    "lastpass": {
        "url": URL, "username": USER, "password": PASSWORD, "totp": SEED, "extra": NOTE,
        "name": "Mine", "grouping": "Private", "fav": "0",
    },
    "safari": {
        "Title": "www.example.com", "URL": URL, "Username": USER, "Password": PASSWORD,
        "Notes": NOTE, "OTPAuth": f"otpauth://totp/x?secret={SEED}",
    },
    "zoho_vault": {
        "Secret Name": "Mine", "Secret URL": URL, "Notes": NOTE, "": USER, " ": PASSWORD,
    },
}  # fmt: skip
OLD_CHROME = "origin_url,action_url,username_element,username_value,password_element,password_value"
KEPT = {"1", "0", "1700000000000", "1700000000001", "1700000000002", "example.com"}
KEPT |= {"www.example.com", "https://example.com", "a***l", ""}


def opened(header: list[str]) -> tuple[str, Quarantine, Layout]:
    """The source that claims a header, and what reads its rows."""
    shapes = [source.shape for source in registered_sources().values()]
    claim = strongest(claims(header, shapes))
    assert claim is not None
    source = registered_sources()[claim.source.source_key]
    positions = claim.match.positions
    return source.key, Quarantine(header, source, positions), Layout(header, source, positions)


@pytest.mark.parametrize("source_key", EXPORTS)
def test_nothing_secret_is_left_of_a_row(source_key: str) -> None:
    cells = EXPORTS[source_key]
    header, row = [label for label in cells if label.strip()], list(cells.values())
    found, quarantine, layout = opened(header)
    assert found == source_key
    credential = layout.read(row)
    assert (credential.username, credential.password, credential.url) == (USER, PASSWORD, URL)
    chunk = Chunk([1], [2], [list(row)], [])
    quarantine.apply(chunk)
    for cell in chunk.rows[0]:
        assert cell in KEPT or cell.startswith("[secret removed: ")
    (facts,) = quarantine._facts
    assert facts[:4] == (1, "example.com", "a***l", True)
    assert len(facts[5]) == 64


def test_an_old_export_of_chrome_is_one_too() -> None:
    key, _, layout = opened(OLD_CHROME.split(","))
    assert key == "chrome_passwords"
    credential = layout.read([URL, URL, "user", USER, "pass", PASSWORD])
    assert (credential.username, credential.password) == (USER, PASSWORD)
    assert credential.extra == {
        "action_url": URL,
        "username_element": "user",
        "password_element": "pass",
    }


def test_zoho_vault_writes_user_and_password_into_one_cell() -> None:
    header = [
        *["Secret Name", "Description", "Secret URL", "SecretData", "Notes", "CustomData", "Tags"]
    ]
    key, _, layout = opened(header)
    data = f"SecretType:Web Account\nUser Name:{USER}\nPassword:p:1\n"
    credential = layout.read(["Mine", "", URL, data, "", "pin:1\n", "", "Social", ""])
    assert key == "zoho_vault"
    assert (credential.username, credential.password) == (USER, "p:1")
    assert credential.extra == {"CustomData": "pin:1\n", "column 8": "Social"}


def test_rows_without_their_last_cells_are_rows() -> None:
    header = list(EXPORTS["chrome_passwords"])
    _, quarantine, _ = opened(header)
    chunk = Chunk([1, 2], [2, 3], [["", URL, USER, "p1"], ["", URL, USER]], [])
    quarantine.apply(chunk)
    assert [facts[3] for facts in quarantine._facts] == [True, False]


def test_a_secret_typed_into_the_wrong_box_does_not_stay_there() -> None:
    header = list(EXPORTS["chrome_passwords"])
    _, quarantine, _ = opened(header)
    secret = "hunter.example.com"  # noqa: S105 - made up
    chunk = Chunk([1], [2], [[secret, f"https://{secret}/", secret, secret, secret]], [])
    quarantine.apply(chunk)
    assert not [cell for cell in chunk.rows[0] if "hunter" in cell]
    assert quarantine._facts[0][1:3] == ("example.com", "h***m")


def test_what_cannot_be_read_is_withheld() -> None:
    header = list(EXPORTS["chrome_passwords"])
    _, quarantine, _ = opened(header)
    rejected = Rejected(1, 2, ("text_after_quote",), "", line=f'"{PASSWORD}" x')
    chunk = Chunk([2], [3], [["", URL, USER, PASSWORD, NOTE]], [rejected], shape_certain=False)
    quarantine.apply(chunk)
    assert not chunk.rows
    assert [r.line or r.cells for r in chunk.rejected] == [WITHHELD, ["", *[WITHHELD] * 4]]


def test_a_sign_in_has_the_same_key_in_every_export_and_twins_have_their_own() -> None:
    header = list(EXPORTS["chrome_passwords"])
    row = ["x", URL, USER, PASSWORD, NOTE]
    keys = []
    for rows in ([row, row], [["y", URL, "other", "", ""], [*row[:3], "new password", ""]]):
        _, _, layout = opened(header)
        chunk = Chunk([1, 2], [2, 3], rows, [])
        keys.append([sign_in.key for sign_in in layout.sign_ins(chunk)])
    (first, twin), (other, changed) = keys
    assert len({first, twin, other}) == 3
    assert changed == first


def test_a_credential_is_not_shown() -> None:
    assert PASSWORD not in repr(Credential(password=PASSWORD))
