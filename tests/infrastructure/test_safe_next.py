"""After signing in one comes back to a place on this site, whatever the address asked for."""

import pytest

from backend.infrastructure.web import safe_next


@pytest.mark.parametrize("address", ["/my", "/my?after=1&x=2", "/b/1.7K3QX9C2M4TP.AbC_dEf-12#top", "/单位", "/a//b"])
def test_a_place_of_ours_is_kept(address: str) -> None:
    assert safe_next(address, "/home") == address


@pytest.mark.parametrize(
    "address",
    [
        None, "", "my", "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "/\t/evil.example",
        "/\n/evil.example", "\t//evil.example", " /my", "javascript:alert(1)", "/my\\..\\x", "/x\0y", "/x\r\nSet-Cookie: a=b",
        "http:/my", "/" + "x" * 500, "/\u2028/evil.example", "/\x7f/evil.example",
    ],
)  # fmt: skip
def test_every_other_place_becomes_home(address: str | None) -> None:
    assert safe_next(address, "/home") == "/home"
