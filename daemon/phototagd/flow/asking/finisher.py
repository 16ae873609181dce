"""Turns a reply into a tagging: parse, take private things out, record."""

from collections.abc import Callable, Sequence

from phototagd.domain.asset import AssetId
from phototagd.domain.errors import Unavailable
from phototagd.domain.events import PhotoTagged
from phototagd.domain.job import Lease
from phototagd.domain.privacy import Privacy
from phototagd.domain.tagging import Recipe, Reply, Tagging
from phototagd.ports import Catalogue, Clock, Listener
from phototagd.rules.answers.parsing import parse
from phototagd.rules.answers.privacy import redact
from phototagd.rules.answers.style import Style


class Finisher:
    """Records taggings; nothing private passes it, in the answer or in the raw reply.

    `learn` is told of keywords that came with a translation; `privacy` knows what is said of
    a photo besides: the text in it, and a person's verdict.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        clock: Clock,
        emit: Listener,
        learn: Callable[[Sequence[tuple[str, str]]], None] = lambda _: None,
        privacy: Callable[[AssetId], Privacy] = lambda _: Privacy(),
    ) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self._emit = emit
        self._learn = learn
        self._privacy = privacy

    def read(
        self, lease: Lease, recipe: Recipe, style: Style, reply: Reply, seconds: float
    ) -> Tagging:
        """What the reply says, free of private things; raises BadReply for nonsense.

        `style` is the one that the recipe was made for.
        """
        parsed = parse(reply.content, reply.thinking, style=style)
        answer, raw, redactions = redact(
            parsed.answer,
            reply.content or reply.thinking,
            language=recipe.language,
            privacy=self._known(lease.asset),
        )
        return Tagging(
            asset=lease.asset,
            recipe=recipe,
            answer=answer,
            raw=raw,
            created_at=self._clock.now(),
            seconds=round(seconds, 3),
            tokens_per_second=round(reply.tokens_per_second, 1),
            salvage=parsed.salvage,
            redactions=redactions,
        )

    def _known(self, asset: AssetId) -> Privacy:
        """Nothing while the store cannot be read: it looks again when it records."""
        try:
            return self._privacy(asset)
        except Unavailable:
            return Privacy()

    def record(self, lease: Lease, tagging: Tagging, tokens: int, path: bytes) -> None:
        """Put a tagging on disk, with a write job for every copy, and tell the world.

        Raises Unavailable when the store cannot take it; call again then.
        """
        if not self._catalogue.record_tagging(lease, tagging, self._clock.now()):
            return
        if tagging.answer.translations:
            self._learn(tagging.answer.translations)
        self._emit(
            PhotoTagged(
                asset=lease.asset,
                job=lease.job,
                attempt=lease.attempt,
                path=path,
                model=tagging.recipe.model,
                seconds=tagging.seconds,
                tokens=tokens,
                tokens_per_second=tagging.tokens_per_second,
                keywords=len(tagging.answer.keywords),
                salvage=tagging.salvage,
                is_private=tagging.is_private,
            )
        )

    def reuse(self, lease: Lease, tagging: Tagging) -> None:
        """Settle a job whose answer is already stored: no GPU at all."""
        self._catalogue.record_tagging(lease, tagging, self._clock.now())
