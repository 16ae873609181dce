"""Photos to small upright JPEGs, in child processes that may crash, hang or starve."""

from phototagd.adapters.images.pool import PhotoReaderPool
from phototagd.adapters.images.process import ProcessPhotoReader

__all__ = ["PhotoReaderPool", "ProcessPhotoReader"]
