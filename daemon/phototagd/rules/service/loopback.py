"""Does a host name mean this machine alone?"""

import ipaddress


def is_loopback(host: str) -> bool:
    """Whether only programs on this machine can reach the name or address."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
