"""Photos to small upright JPEGs, in a child process that may crash, hang or starve."""

from phototagd.adapters.images.process import ProcessPhotoReader

__all__ = ["ProcessPhotoReader"]
