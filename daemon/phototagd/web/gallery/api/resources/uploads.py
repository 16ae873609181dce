"""Photos that are sent: one request each, its body the file as it is."""

from pydantic import Field
from starlette.concurrency import run_in_threadpool

from phototagd.domain.upload import Received
from phototagd.rules.wire.showing import readable
from phototagd.web.gallery.api.operation import Asked, Content, get, post
from phototagd.web.gallery.api.shapes import Answer, Params
from phototagd.web.gallery.problems import Refused

_MOST_LETTERS = 255


class NewFile(Params):
    """A photo that is sent."""

    name: str = Field(
        default="", max_length=_MOST_LETTERS, description="What it is called, as in IMG_1.jpg."
    )


class Uploaded(Answer):
    """What became of a photo that was sent."""

    photo: int | None = Field(
        description="Its number; null when it is not for you to see, or will be taken in later."
    )
    is_new: bool = Field(description="False when the same photo was there already.")
    file: str = Field(description="The name it got; empty when it is not for you to see.")


class UploadTerms(Answer):
    """What may be sent."""

    most_bytes: int = Field(description="How large a photo may be; 0 when none may be sent.")


def upload_terms(asked: Asked) -> UploadTerms:
    """Tell how large a photo may be."""
    return UploadTerms(most_bytes=asked.needs.uploads.most_bytes)


async def upload(asked: Asked, params: NewFile, content: Content) -> Uploaded:
    """Send a photo; it is looked at before all others.

    Sending the same photo again is harmless: the answer is the photo that is there.
    """
    uploads = asked.needs.uploads
    if not uploads.most_bytes:
        raise Refused(403, "no photos may be sent here", "set web.upload_mb")
    reception = await run_in_threadpool(uploads.begin, params.name)
    try:
        size = 0
        async for piece in content:
            size += len(piece)
            if size > uploads.most_bytes:
                raise Refused(413, "the photo is too large", "see GET /uploads, or web.upload_mb")
            await run_in_threadpool(reception.write, piece)
        received = await run_in_threadpool(reception.finish)
    finally:
        await run_in_threadpool(reception.drop)
    return await run_in_threadpool(_told, asked, received)


def _told(asked: Asked, received: Received) -> Uploaded:
    asset = received.asset
    is_seen = asset is not None and asked.needs.gallery.photo(asset, asked.sight)
    name = readable(received.path.rpartition(b"/")[2])
    return Uploaded(
        photo=asset if is_seen else None,
        is_new=received.is_new,
        file=name if is_seen or received.is_new else "",
    )


OPERATIONS = (get("/uploads", upload_terms), post("/uploads", upload, 403, 413, 415, 422))
