"""Reads the text in pictures with RapidOCR, in processes that may be killed at any moment."""

from phototagd.adapters.reading_text.pool import TextReaderPool
from phototagd.adapters.reading_text.process import ProcessTextReader, installed_reader

__all__ = ["ProcessTextReader", "TextReaderPool", "installed_reader"]
