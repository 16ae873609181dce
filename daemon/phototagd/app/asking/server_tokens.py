"""Tokens of model servers: from files, for files can be kept from others' eyes."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from phototagd.domain.errors import ConfigError

CREDENTIAL = "model-token"
"""The name of the systemd credential (`LoadCredential=`) that is used without any setting."""


def credential_file(environ: Mapping[str, str]) -> Path | None:
    """The token that systemd hands to the service, if it does."""
    folder = environ.get("CREDENTIALS_DIRECTORY", "")
    file = Path(folder) / CREDENTIAL
    return file if folder and file.is_file() else None


def with_token(url: str, file: Path | None) -> str:
    """The address with the token of a file in the place of a password; as it is without one.

    Raises ConfigError, which never shows what is in the file.
    """
    if file is None:
        return url
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ConfigError(f"token_file = {str(file)!r}: the URL holds a name or password already")
    return urlunsplit(parts._replace(netloc=f":{quote(_read(file), safe='')}@{parts.netloc}"))


def _read(file: Path) -> str:
    try:
        token = file.read_text("ascii").strip()
    except OSError as error:
        raise ConfigError(f"token_file = {str(file)!r}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"token_file = {str(file)!r}: is not plain text") from error
    if not token.isprintable() or not token or " " in token:
        raise ConfigError(f"token_file = {str(file)!r}: must hold one line, the token")
    return token
