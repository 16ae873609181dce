"""Hosts, origins and targets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.service.door import comes_from_own_page, is_known_host, is_path_here
from phototagd.rules.service.login_limits import wait_after


@pytest.mark.parametrize(
    ("host", "is_known"),
    [
        ("localhost:8420", True),
        ("127.0.0.1", True),
        ("[::1]:8420", True),
        ("192.168.1.2:8420", True),
        ("nas.lan", True),
        ("NAS.LAN.:80", True),
        ("evil.example", False),
        ("192.168.1.2.evil.example", False),
        ("nas.lan@evil.example", False),
        ("", False),
        (":8420", False),
    ],
)
def test_addresses_and_own_names_are_known(host: str, *, is_known: bool) -> None:
    assert is_known_host(host, ["nas.lan"]) is is_known


@given(st.text())
def test_no_odd_host_breaks_it(host: str) -> None:
    is_known_host(host, ["nas.lan"])


@given(st.sampled_from(["GET", "HEAD", "OPTIONS"]), st.sampled_from(["cross-site", "", "none"]))
def test_looking_is_allowed_from_everywhere(method: str, site: str) -> None:
    assert comes_from_own_page(method, fetch_site=site, origin="http://evil", host="nas.lan")


@given(st.sampled_from(["POST", "PUT", "PATCH", "DELETE", "ODD"]), st.text(min_size=1))
def test_changing_needs_an_own_page(method: str, site: str) -> None:
    is_own = site in ("same-origin", "none")
    assert comes_from_own_page(method, fetch_site=site, origin="", host="nas.lan") is is_own


@pytest.mark.parametrize(
    ("target", "is_here"),
    [
        ("/", True),
        ("/photos/1?x=//y", True),
        ("", False),
        ("photos", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("/\t/evil.example", False),
        ("http://evil.example", False),
    ],
)
def test_only_paths_lead_on(target: str, *, is_here: bool) -> None:
    assert is_path_here(target) is is_here


@given(st.integers(0, 10_000))
def test_waiting_grows_and_ends(failures: int) -> None:
    assert 0 <= wait_after(failures) <= wait_after(failures + 1) <= 900
    assert (wait_after(failures) == 0) is (failures < 5)
