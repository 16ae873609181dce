"""Where a server stands."""

import pytest

from phototagd.rules.service.household import is_in_house


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "::1", "192.168.1.7", "10.0.0.3", "172.17.0.1", "169.254.3.4", "100.64.0.9",
     "fd12::7", "fe80::1%eth0"],
)  # fmt: skip
def test_what_the_internet_cannot_reach_stands_in_the_house(address: str) -> None:
    assert is_in_house([address])


@pytest.mark.parametrize("address", ["8.8.8.8", "104.18.6.192", "2606:4700::6812:6c0"])
def test_a_public_address_alone_is_somebody_elses(address: str) -> None:
    assert not is_in_house([address])


def test_one_private_address_is_enough() -> None:
    """A machine in the house often has a public IPv6 address, too."""
    assert is_in_house(["2001:4860::7", "192.168.1.7"])


def test_no_address_is_nowhere() -> None:
    assert not is_in_house([])
