"""The addresses of a machine by its name."""

import socket

from phototagd.domain.errors import Unavailable


def addresses_of(host: str) -> list[str]:
    """All addresses, IPv4 and IPv6; raises Unavailable for a name that nobody knows."""
    try:
        found = socket.getaddrinfo(host.strip("[]"), None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unavailable(
            f"{host}: its address cannot be found",
            remedy="correct the URL of the model server, or write its address there",
        ) from error
    return sorted({str(address[0]).partition("%")[0] for *_, address in found})
