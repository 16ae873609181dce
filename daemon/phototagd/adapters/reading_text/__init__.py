"""Reads the text in pictures with RapidOCR, in processes that may be killed at any moment."""

from phototagd.adapters.reading_text.process import ProcessTextReader, installed_reader

__all__ = ["ProcessTextReader", "installed_reader"]
