"""Every seam of the house in one place: what flow and web need, whoever provides it.

Adapters implement these by shape. Errors that cross a seam are those of `domain.errors`.
Times are aware UTC datetimes; durations are timedeltas or, where a field says so, seconds.
"""

from phototagd.ports.catalogue import Catalogue
from phototagd.ports.embedding import PhotoPackets
from phototagd.ports.face import Control, Health
from phototagd.ports.folders import HintSource, Mounts, Walker
from phototagd.ports.gallery import Gallery, GalleryIndex
from phototagd.ports.keys import DoorKeys
from phototagd.ports.ledger import Ledger
from phototagd.ports.model import Captioner
from phototagd.ports.news import Newsstand
from phototagd.ports.photo import Gazetteer, Identifier, PhotoReader
from phototagd.ports.queue import Backups, Queue, StoreCare
from phototagd.ports.retagging import RetagStore
from phototagd.ports.search import SearchIndex
from phototagd.ports.sidecar import PacketEditor, SidecarFiles
from phototagd.ports.thumbnails import ThumbnailMaker, ThumbnailShelf
from phototagd.ports.uploads import Draft, Inbox, Upload, Uploads
from phototagd.ports.vocabulary import VocabularyControl, VocabularyFile, VocabularyStore
from phototagd.ports.world import Clock, Listener, ServiceManager, StepHook

__all__ = [
    "Backups",
    "Captioner",
    "Catalogue",
    "Clock",
    "Control",
    "DoorKeys",
    "Draft",
    "Gallery",
    "GalleryIndex",
    "Gazetteer",
    "Health",
    "HintSource",
    "Identifier",
    "Inbox",
    "Ledger",
    "Listener",
    "Mounts",
    "Newsstand",
    "PacketEditor",
    "PhotoPackets",
    "PhotoReader",
    "Queue",
    "RetagStore",
    "SearchIndex",
    "ServiceManager",
    "SidecarFiles",
    "StepHook",
    "StoreCare",
    "ThumbnailMaker",
    "ThumbnailShelf",
    "Upload",
    "Uploads",
    "VocabularyControl",
    "VocabularyFile",
    "VocabularyStore",
    "Walker",
]
