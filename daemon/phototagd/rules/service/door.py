"""Which requests a gallery answers at all: names of hosts, and pages that send them."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

from phototagd.rules.service.loopback import is_loopback

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_PAGES = frozenset({"same-origin", "none"})  # "none": typed, or from a bookmark


def without_port(host: str) -> str:
    """The name or address of a `Host` header; an IPv6 address keeps its brackets."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def is_known_host(host: str, names: Collection[str]) -> bool:
    """Whether a `Host` header names this gallery.

    Addresses are always known: a name that a stranger's page has bound to our address is what
    this keeps out, and it never is an address.
    """
    name = without_port(host).lower().rstrip(".")
    if is_loopback(name) or name in {known.lower().rstrip(".") for known in names}:
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def comes_from_own_page(method: str, *, fetch_site: str, origin: str, host: str) -> bool:
    """Whether a request that changes something was sent by a page of this gallery.

    Browsers say so in `Sec-Fetch-Site`, older ones in `Origin`. A request with neither comes
    from a program, which no foreign page can make send it.
    """
    if method in _SAFE_METHODS:
        return True
    if fetch_site:
        return fetch_site in _OWN_PAGES
    return not origin or urlsplit(origin).netloc.lower() == host.lower()


def is_path_here(target: str) -> bool:
    """Whether a target to go on to is a path on this very server, and nothing else."""
    return target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
