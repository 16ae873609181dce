"""XMP packets on lxml: read, create, and edit without touching what is not ours."""

from phototagd.adapters.xmp.editor import XmpEditor

__all__ = ["XmpEditor"]
