"""A person's own question about a photo, and what the model answered."""

from dataclasses import dataclass
from enum import StrEnum


class InquiryState(StrEnum):
    """How far a question is."""

    WAITING = "waiting"
    ASKING = "asking"  # the model looks at the photo
    ANSWERED = "answered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """A question about the photo at an absolute path; `id` is a name that nobody can guess.

    `reason` and `remedy` say why there is no answer and what a person can do. Kept in memory
    alone: neither question nor answer is ever stored.
    """

    id: str
    path: bytes
    question: str
    state: InquiryState = InquiryState.WAITING
    answer: str = ""
    reason: str = ""
    remedy: str = ""
    model: str = ""
    seconds: float = 0.0

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will come."""
        return self.state in (InquiryState.ANSWERED, InquiryState.FAILED)
