"""Who asks, and what they may see."""

from pydantic import Field

from phototagd.web.gallery.api.operation import Asked, get, put
from phototagd.web.gallery.api.shapes import Answer, Body
from phototagd.web.gallery.doorman import Viewer
from phototagd.web.gallery.problems import Refused


class Me(Answer):
    """Who asks."""

    is_owner: bool = Field(description="Whether they showed the password or a token.")
    sees_private: bool


class PrivateSight(Body):
    """Whether private photos are wanted in sight."""

    wanted: bool


def me(asked: Asked) -> Me:
    """Tell who asks, and what they may see."""
    return _told(asked.viewer, sees_private=asked.viewer.sees_private)


def show_private(asked: Asked, body: PrivateSight) -> Me:
    """Bring private photos into sight for a quarter of an hour, or out of it."""
    if not asked.viewer.is_owner:
        raise Refused(403, "only who shows a password or a token sees private photos")
    asked.needs.doorman.show_private(asked.viewer, wanted=body.wanted)
    return _told(asked.viewer, sees_private=body.wanted)


def _told(viewer: Viewer, *, sees_private: bool) -> Me:
    return Me(is_owner=viewer.is_owner, sees_private=sees_private)


OPERATIONS = (get("/me", me), put("/me/private", show_private))
