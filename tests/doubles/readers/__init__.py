"""The reading rules of other photo programs, written down once more and on their own.

Each reader looks for sidecars as its program does and reads them from bytes, with none of our
code in between. Where the rules come from: digiKam 8.6 and darktable 5.0 were run and watched,
Immich's and PhotoPrism's were read in their sources, Lightroom's in Adobe's help.
"""

from doubles.readers.darktable import Darktable
from doubles.readers.digikam import Digikam
from doubles.readers.immich import Immich
from doubles.readers.lightroom import Lightroom
from doubles.readers.photoprism import OldPhotoPrism, PhotoPrism
from doubles.readers.reader import Reader, Seen

READERS: tuple[Reader, ...] = (
    Immich(),
    Digikam(),
    Digikam(is_compatible=True),
    Darktable(),
    Lightroom(),
    PhotoPrism(),
    OldPhotoPrism(),
)

__all__ = [
    "READERS",
    "Darktable",
    "Digikam",
    "Immich",
    "Lightroom",
    "OldPhotoPrism",
    "PhotoPrism",
    "Reader",
    "Seen",
]
