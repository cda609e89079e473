"""The site that a sign-in belongs to: the only part of its address that may be kept.

Path, query and the part before an @ can hold names, tokens and passwords.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

_ADDRESS = re.compile(
    r"\s*(?:(?P<scheme>[a-z][a-z0-9+.\-]*)://)?(?:[^/?#\s]*@)?(?P<host>[^/?#@\s:]+|\[[0-9a-f:.]+\])"
    r"(?::\d+)?(?:[/?#]|,|$)",
    re.IGNORECASE,
)
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_\-.]*[a-z0-9_])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


@dataclass(frozen=True)
class Site:
    """host: as in the address. domain: what was registered of it, or the host where nothing was
    (a machine at home, an IP address, the package of an app). reduced: scheme and domain."""

    host: str
    domain: str
    reduced: str


def site_of(address: str) -> Site | None:
    """The site of a web address or of an app (`android://…@com.example.app/`); None for the rest.

    Without a scheme a text is an address only where it ends in a known public suffix.
    """
    found = _ADDRESS.match(address)
    if found is None:
        return None
    scheme, host = (found["scheme"] or "").lower(), found["host"].lower().rstrip(".")
    try:
        host = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    if not _HOST.fullmatch(host):
        return None
    if scheme == "android":
        return Site(host, host, f"android://{host}")
    registered = _extract()(host).top_domain_under_public_suffix
    if not registered and not scheme:
        return None
    domain = registered or host
    return Site(host, domain, f"{scheme}://{domain}" if scheme else domain)


@cache
def _extract() -> Any:
    """The public suffix list as the library brings it along: no network, no folder written."""
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())


def masked(username: str) -> str:
    """First and last letter; the stars do not tell how many lie between them."""
    name = username.strip()
    return f"{name[0]}***{name[-1]}" if len(name) > 2 else "***" if name else ""
