"""A daemon that writes what a local vision model sees in photos into XMP sidecars."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("phototagd")
except PackageNotFoundError:  # running from a source tree that was never installed
    __version__ = "0+unknown"
