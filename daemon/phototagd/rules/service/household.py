"""Does a server stand in the house, as far as its addresses tell?"""

from collections.abc import Iterable
from ipaddress import ip_address


def is_in_house(addresses: Iterable[str]) -> bool:
    """Whether one of a server's IP addresses cannot be reached from the internet.

    Loopback, private, link-local, unique local and shared (RFC 6598) addresses count. A host
    that has public addresses alone counts as somebody else's.
    """
    return any(not ip_address(address.partition("%")[0]).is_global for address in addresses)
