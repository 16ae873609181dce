"""What pages are given, and what they may ask about the person who looks."""

from dataclasses import dataclass

from starlette.requests import Request

from phototagd.domain.gallery import Sight
from phototagd.ports import Control, Gallery, Uploads
from phototagd.web.gallery.doorman import Doorman, Viewer
from phototagd.web.gallery.lately import LatelyEdited
from phototagd.web.gallery.rendering import Renderer
from phototagd.web.gallery.statics import Statics
from phototagd.web.gallery.streaming import NewsStream


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Everything a page works with."""

    gallery: Gallery
    control: Control
    uploads: Uploads
    doorman: Doorman
    renderer: Renderer
    lately: LatelyEdited
    news: NewsStream
    statics: Statics


def viewer_of(request: Request) -> Viewer:
    """Who looks; the gate has let them in before any page is asked."""
    viewer = request.state.viewer
    assert isinstance(viewer, Viewer)
    return viewer


def sight_of(request: Request) -> Sight:
    """What they may see: give this to every method of the gallery."""
    return Sight(sees_private=viewer_of(request).sees_private)
