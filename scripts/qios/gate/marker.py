"""What stands in place of a secret.

A marker says what was there and, by the first letters of a keyed hash, whether two secrets are the
same: `[secret removed: password #ab12cd34]`.
"""

import re

from qios.gate.key import hmac_key

WITHHELD = "[withheld: the row's shape differs from its header]"
NAMELESS = "[withheld: the column has no name]"
TAG_LETTERS = 8

MARKER = re.compile(r"\[(?:secret removed|withheld): [^\]\n]*\]")


def marker(kind: str, secret: str) -> str:
    """The marker of a kind, such as `[secret removed: pin]`, with the tag of this secret."""
    if is_marker(secret):
        return secret
    return f"{kind.removesuffix(']')} #{hmac_key().digest(secret)[:TAG_LETTERS]}]"


def is_marker(text: str) -> bool:
    """Whether a text is a marker and nothing else: what was cleaned once stays as it is."""
    return MARKER.fullmatch(text) is not None
