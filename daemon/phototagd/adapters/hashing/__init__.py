"""Content hashes: what a photo is, whatever its name and metadata say."""

from phototagd.adapters.hashing.identifier import ContentIdentifier

__all__ = ["ContentIdentifier"]
