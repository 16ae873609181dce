"""What does an event mean to somebody who looks at a page?"""

from phototagd.domain import events
from phototagd.domain.asset import AssetId
from phototagd.domain.events import Event
from phototagd.domain.news import Notice

_SILENT = (
    events.BackupMade,
    events.EmbeddingRefused,
    events.ModelUnloaded,
    events.SettingDoubted,
    events.SidecarFollowed,
    events.StoreInspected,
    events.VocabularyChanged,
    events.WordsEmbedded,
)
"""Events that change nothing that a page shows."""


def notice_of(event: Event) -> Notice | None:
    """What to tell; None where nothing in sight changes."""
    match event:
        case (
            events.PhotoFound(asset=asset)
            | events.PhotoTagged(asset=asset)
            | events.PhotoAdopted(asset=asset)
            | events.SidecarWritten(asset=asset, changed=True)
            | events.JobEnded(asset=asset)
        ):
            return Notice(AssetId(asset))
        case _ if isinstance(event, _SILENT):
            return None
        case _:
            return Notice()
