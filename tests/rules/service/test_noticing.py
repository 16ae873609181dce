"""Which events are news to somebody who looks."""

from phototagd.domain.asset import AssetId
from phototagd.domain.events import Event, JobEnded, PhotoTagged, SidecarWritten, Trouble
from phototagd.domain.news import Notice
from phototagd.rules.service.noticing import notice_of


def written(*, changed: bool) -> Event:
    return SidecarWritten(path=b"/p/a.jpg", asset=4, job=1, changed=changed, seconds=0.1)


def test_what_happens_to_a_photo_names_its_number_and_nothing_else() -> None:
    tagged = PhotoTagged(
        asset=7,
        job=1,
        attempt=1,
        path=b"/p/secret.jpg",
        model="m",
        seconds=1,
        tokens=9,
        tokens_per_second=9,
        keywords=3,
        is_private=True,
    )
    ended = JobEnded(
        job=1,
        kind="tag",
        asset=8,
        path=b"/p/a.jpg",
        attempt=1,
        outcome="dead",
        reason="it is damaged",
    )

    assert notice_of(tagged) == Notice(AssetId(7))
    assert notice_of(ended) == Notice(AssetId(8))
    assert notice_of(written(changed=True)) == Notice(AssetId(4))


def test_the_rest_says_only_that_something_is_to_be_looked_at() -> None:
    assert notice_of(written(changed=False)) == Notice()
    assert notice_of(Trouble(what="backup", reason="/home/ada/secret is full")) == Notice()
