"""A person's own questions about a photo; neither they nor the answers are stored."""

from pydantic import Field

from phototagd.domain.inquiry import Inquiry, InquiryState
from phototagd.rules.answers.inquiring import LONGEST_QUESTION
from phototagd.web.gallery.api.operation import Asked, get, post
from phototagd.web.gallery.api.resources.photos import a_copy
from phototagd.web.gallery.api.shapes import Answer, Body, Params, PhotoId, asset_of
from phototagd.web.gallery.problems import Refused

_LONGEST_NAME = 100


class Question(Body):
    """What a person wants to know."""

    question: str = Field(min_length=1, max_length=LONGEST_QUESTION, pattern=r"\w")


class QuestionId(Params):
    """A question that was asked."""

    name: str = Field(pattern=rf"^[\w-]{{1,{_LONGEST_NAME}}}$", description="`id` of the question.")


class Told(Answer):
    """How far a question is."""

    id: str = Field(description="Look with it how far the question is.")
    state: InquiryState
    answer: str
    reason: str = Field(description="Why there is no answer.")
    remedy: str = Field(description="What a person can do about it.")
    model: str
    seconds: float


def ask(asked: Asked, params: PhotoId, body: Question) -> Told:
    """Ask the model something about a photo; it answers before all other work."""
    file = a_copy(asked, asset_of(params))
    try:
        return _told(asked.needs.control.ask(file, body.question))
    except ValueError as error:
        raise Refused(400, str(error)) from error


def question(asked: Asked, params: QuestionId) -> Told:
    """Tell how far a question is."""
    inquiry = asked.needs.control.asked(params.name)
    if inquiry is None or asked.needs.gallery.hidden([inquiry.path], asked.sight):
        raise Refused(404, "there is no such question, or it is forgotten")
    return _told(inquiry)


def _told(inquiry: Inquiry) -> Told:
    return Told.model_validate({name: getattr(inquiry, name) for name in Told.model_fields})


OPERATIONS = (
    post("/photos/{id}/questions", ask, 404, 422),
    get("/questions/{name}", question, 404),
)
