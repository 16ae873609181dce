"""Orders and questions of people travel as they are."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.amending import PhotoPlan, SidecarPlan
from phototagd.domain.inquiry import Inquiry, InquiryState
from phototagd.rules.wire.amending import plan_from_json, plan_to_json
from phototagd.rules.wire.inquiring import inquiry_from_json, inquiry_to_json

paths = st.binary(min_size=1, max_size=12)
texts = st.text(max_size=8)
words = st.lists(texts, max_size=3).map(tuple)
sidecars = st.builds(
    SidecarPlan,
    path=paths,
    action=texts,
    cause=texts,
    added=words,
    removed=words,
    caption_before=texts,
    caption_after=texts,
)
plans = st.builds(
    PhotoPlan, path=paths, reason=texts, sidecars=st.lists(sidecars, max_size=2).map(tuple)
)
inquiries = st.builds(
    Inquiry,
    id=texts,
    path=paths,
    question=texts,
    state=st.sampled_from(InquiryState),
    answer=texts,
    reason=texts,
    remedy=texts,
    model=texts,
    seconds=st.floats(0, 1000),
)


@given(plans)
def test_a_plan_comes_back_as_it_was(plan: PhotoPlan) -> None:
    assert plan_from_json(plan_to_json(plan)) == plan


@given(inquiries)
def test_a_question_comes_back_as_it_was(inquiry: Inquiry) -> None:
    assert inquiry_from_json(inquiry_to_json(inquiry)) == inquiry


def test_an_unknown_question_is_none() -> None:
    assert inquiry_from_json(inquiry_to_json(None)) is None
