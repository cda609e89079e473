"""Secrets to plant, each of which can be told from all others wherever it turns up again."""

import base64
import re
from dataclasses import dataclass, field

MARK = "CNRY"
_NEEDLE = re.compile(rb"CNRY[0-9]{4}[A-Z0-9]{8}")
_WIDE = re.compile(rb"\0?".join(bytes([letter]) for letter in b"CNRY") + rb"(?:\0?[A-Z0-9]){12}")

SHAPES = {
    "phrase": "Your wifi password: {0}. Call Anna.",
    "phrase in German": "Passwort für das Portal lautet: {0}",
    "phrase in French": "mot de passe : {0}",
    "phrase in Spanish": "la contraseña es {0}",
    "phrase in Russian": "пароль: {0}",
    "phrase in Japanese": "パスワード\uff1a{0}",
    "short phrase": "pw = {0}",
    "said": "the password is {0}, I think",
    "JSON": '{{"user": "anna", "password": "{0}"}}',
    "JSON web token": "see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4{0}.{0} there",
    "GitHub": "ghp_{0}abcdefghijklmnopqrst",
    "GitLab": "glpat-{0}abcdef",
    "AWS": "AKIA{0}",
    "Slack": "xoxb-1234567890-{0}",
    "Stripe": "sk_live_{0}abcd",
    "Google": "AIza{0}abcdefghijklmnopqrs",
    "address": "https://anna:{0}@example.com/start",
    "authenticator": "otpauth://totp/Example:anna?secret={0}&issuer=Example",
    "private key": "-----BEGIN RSA PRIVATE KEY-----\n{0}\n{0}\n-----END RSA PRIVATE KEY-----",
    "recovery codes": "Recovery codes:\n{0}\n{0}",
}
ONE_LINE = [name for name, shape in SHAPES.items() if "\n" not in shape]


@dataclass
class Canaries:
    """The secrets planted so far: needle → where it was planted."""

    planted: dict[str, str] = field(default_factory=dict)

    def bare(self, where: str) -> str:
        """A secret that only its place tells, such as a column for passwords."""
        number = len(self.planted) + 1
        tail = base64.b32encode(number.to_bytes(5, "big")).decode().replace("=", "")
        needle = f"{MARK}{number:04d}{tail}"
        self.planted[needle] = where
        return needle

    def shaped(self, shape: str, where: str) -> str:
        """A secret that can be told by what it looks like."""
        return SHAPES[shape].format(self.bare(f"{where} ({shape})"))

    def every_shape(self, where: str, names: list[str] | None = None) -> list[str]:
        return [self.shaped(name, where) for name in names or SHAPES]

    def found_in(self, content: bytes) -> set[str]:
        """Where the secrets that stand in some bytes were planted. UTF-8 and UTF-16 of them."""
        hits = {hit.decode() for hit in _NEEDLE.findall(content)}
        hits |= {hit.replace(b"\0", b"").decode() for hit in _WIDE.findall(content)}
        return {self.planted[hit] for hit in hits if hit in self.planted}
