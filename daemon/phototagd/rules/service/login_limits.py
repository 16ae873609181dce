"""How long to wait before a password may be tried again."""

_FREE_TRIES = 5
_LONGEST_SECONDS = 900.0


def wait_after(failures: int) -> float:
    """Seconds after the last of so many failures in a row: five are free, then it doubles."""
    if failures < _FREE_TRIES:
        return 0.0
    return min(2.0 ** min(failures - _FREE_TRIES, 16), _LONGEST_SECONDS)
