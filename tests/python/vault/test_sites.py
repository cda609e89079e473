"""Of an address only the site is kept, of a user name next to nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qios.vault.sites import masked, site_of


@pytest.mark.parametrize(
    ("address", "domain", "reduced"),
    [
        ("https://www.example.co.uk/login?next=%2F", "example.co.uk", "https://example.co.uk"),
        ("https://anna:secret@shop.example.com:8443/x@y", "example.com", "https://example.com"),
        ("http://192.0.2.1/", "192.0.2.1", "http://192.0.2.1"),
        ("http://localhost:3000", "localhost", "http://localhost"),
        ("http://router/start", "router", "http://router"),
        ("https://[2001:db8::1]/", "[2001:db8::1]", "https://[2001:db8::1]"),
        ("android://kq3m==@com.example.shop/", "com.example.shop", "android://com.example.shop"),
        ("https://münchen.de/x", "xn--mnchen-3ya.de", "https://xn--mnchen-3ya.de"),
        ("example.com", "example.com", "example.com"),
        ("accounts.example.com/login", "example.com", "example.com"),
        ("https://a.example.org,https://b.example.net", "example.org", "https://example.org"),
    ],
)
def test_the_site_of_an_address(address: str, domain: str, reduced: str) -> None:
    site = site_of(address)
    assert site is not None
    assert (site.domain, site.reduced) == (domain, reduced)


NO_ADDRESSES = ["", "garbage", "D<INNeT?#?Bf4", "hunter 22", "https://", "a@b", "x:y"]


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_is_no_address_has_no_site(text: str) -> None:
    assert site_of(text) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    site_of(text)
    site_of(f"https://{text}")


def test_a_masked_name_does_not_tell_its_length() -> None:
    assert masked("anna.vogel@example.com") == "a***m"
    assert masked("abc") == "a***c"
    assert masked("ab") == masked("a") == "***"
    assert masked(" ") == masked("") == ""
