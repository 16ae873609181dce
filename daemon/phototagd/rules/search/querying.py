# ruff: noqa: RUF001, SIM905 -- half of the patterns are Chinese; word lists read best as text
"""What does a person want who types this?

Everything with a meaning of its own is taken out first (fields, phrases, people, times,
formats, cameras, places); what is left are words. "Not" belongs to what follows it. Every
part that was understood is a chip with its place in the text, so that a person can see it
and take it out. What is understood never loses a photo that plain words would find, but for
what a filter asks.
"""

import re
from collections.abc import Iterator
from datetime import date

from phototagd.domain.search import Chip, Condition, LibraryNames, Query, Term
from phototagd.rules.search.query_board import TAKEN, Board, Mark, Piece
from phototagd.rules.search.query_fields import take_fields, take_quoted
from phototagd.rules.search.query_scenes import (
    take_cameras,
    take_formats,
    take_hours,
    take_people,
    take_places,
)
from phototagd.rules.search.query_times import take_times
from phototagd.rules.search.saying import USUAL, said
from phototagd.rules.text.synonyms import DENSE_WORDS, SPACED_WORDS, spelled
from phototagd.rules.text.tokenising import fold, is_dense, phrases

LONGEST = 1000
"""Characters of a query; the rest is not read."""

_LONGEST_KNOWN = max(map(len, DENSE_WORDS))
_NOT = re.compile(
    r"\b(?:but\s+)?(?:not|no|without|excluding|except(?:\s+for)?|minus)\b|(?<!\S)[-−](?=\w)"
    r"|没有|不要有?|不含|不包括|除了|排除|不是|非(?=[^常洲])|没(?=\0)|不在|无(?=[^人])",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"^\s*(?:please\s+)?(?:find|show|search|look)(?:\s+(?:me|for|us))*\b"
    r"|^\s*(?:请|帮我|给我|我想看|我要|我想)*(?:找一?下?|搜索?一?下?|查找?|显示|看看)?(?:所有|全部)?",
    re.IGNORECASE,
)
_PHOTO = re.compile(
    r"(?:所)?(?:拍摄|拍下|拍到|拍)(?:的|(?=\0|$|照|[\s，,]))|(?:的?(?:全部|所有))?的?(?:照片|相片|图片)集?"
    r"|以外的?|之外的?",
)
_STOP_WORDS = frozenset(
    """
    a all also am an and any are as at be been by during for from had has have he her his i image
    images in is it its me my near of on or our ours photo photograph photographs photos pic pics
    picture pictures please s shot some take taken that the their them there these this those to
    us was we were when where which who with you your
    """.split()
)
_SPACED = re.compile(r"[^\s\0,，。.;；!！?？、()（）\"“”]+")
# Small words between Chinese words. A word that is cut by mistake is still found by its parts.
_BETWEEN = re.compile(
    r"的|我们家?的?|我家的?|我的?|(?:(?<=\0)|^)(?:在|有|跟|和|与|去|从|里面?|上面?|中的?)"
    r"|[一二两三几](?:只|条|张|位|座|朵|辆|个|棵|匹|头|艘|架)|(?:里面?|上面?|下面?|中|时候?|和|与|跟|在)(?=\0|$|的)"
)


def understand(text: str, *, today: date, names: LibraryNames) -> Query:
    """The query that a text means; never fails, and without words finds everything."""
    text = text[:LONGEST].replace(TAKEN, " ")
    board = Board(text)
    take_fields(board, today)
    take_quoted(board)
    take_people(board)
    take_times(board, today)
    take_hours(board)
    take_formats(board)
    take_cameras(board, names.cameras)
    take_places(board, names)
    _drop_polite(board)
    board.put_all(_NOT, lambda m: Piece(m.start(), m.end(), Mark.NOT, "", ()))
    _take_words(board)
    if not board.pieces and phrases(text):
        # Only small words: then they are what is meant.
        board.put(Piece(0, len(text), Term((text.strip(),)), "words", ("text", text.strip())))
    return _query(text, board)


def _query(text: str, board: Board) -> Query:
    terms: list[Term] = []
    conditions: list[Condition] = []
    chips: list[Chip] = []
    wants_private = False
    negated_at: int | None = None
    for piece in board.in_order():
        if piece.wish is Mark.NOT:
            negated_at = piece.start if negated_at is None else negated_at
            continue
        is_negated = piece.is_negated or negated_at is not None
        start = piece.start if negated_at is None else negated_at
        negated_at = None
        if piece.wish is Mark.PRIVATE:
            wants_private = not is_negated
        elif isinstance(piece.wish, Term) and not is_negated:
            terms.append(piece.wish)
        else:
            conditions.append(piece.condition(is_negated=is_negated))
        chips.append(
            Chip(
                start=start,
                end=piece.end,
                text=text[start : piece.end],
                kind=piece.kind,
                meaning=said(piece.sense, USUAL),
                is_negated=is_negated,
                sense=piece.sense,
            )
        )
    return Query(text, tuple(terms), tuple(conditions), tuple(chips), wants_private)


def _drop_polite(board: Board) -> None:
    """Words that only say that photos are looked for."""
    leading = _LEADING.match(board.rest)
    if leading is not None:
        board.drop(leading.start(), leading.end())
    for match in list(_PHOTO.finditer(board.rest)):
        board.drop(match.start(), match.end())


def _take_words(board: Board) -> None:
    for name in sorted(SPACED_WORDS, key=len, reverse=True):
        if name in fold(board.rest):
            pattern = re.compile(rf"\b{re.escape(name)}s?\b", re.IGNORECASE)
            board.put_all(pattern, lambda m: _word(m.start(), m[0]))
    for match in list(_SPACED.finditer(board.rest)):
        for start, word in _scripts(match.start(), match[0]):
            if is_dense(word[0]):
                _take_dense(board, start, word)
            elif word.casefold() not in _STOP_WORDS and phrases(word):
                board.put(_word(start, word))


def _scripts(start: int, run: str) -> Iterator[tuple[int, str]]:
    """A run of characters, cut where a script without spaces begins or ends."""
    begin = 0
    for at in range(1, len(run) + 1):
        if at == len(run) or is_dense(run[at]) != is_dense(run[begin]):
            yield start + begin, run[begin:at]
            begin = at


def _take_dense(board: Board, start: int, run: str) -> None:
    """Take words out of a run without spaces: known ones, and what lies between small words."""
    known = list(_known_words(run))
    masked = run
    for at, word in known:
        board.put(_word(start + at, word))
        masked = masked[:at] + TAKEN * len(word) + masked[at + len(word) :]
    masked = _BETWEEN.sub(lambda m: TAKEN * len(m[0]), masked)
    for match in re.finditer(r"[^\0]+", masked):
        board.put(_word(start + match.start(), match[0]))


def _known_words(run: str) -> Iterator[tuple[int, str]]:
    """The longest known words from left to right."""
    folded = fold(run)
    at = 0
    while at < len(run) and len(folded) == len(run):
        for size in range(min(_LONGEST_KNOWN, len(run) - at), 1, -1):
            if folded[at : at + size] in DENSE_WORDS:
                yield at, run[at : at + size]
                at += size - 1
                break
        at += 1


def _word(start: int, text: str) -> Piece:
    is_start = text.endswith("*")
    bare = text.rstrip("*")
    term = Term((bare,), is_start=True) if is_start else spelled(bare)
    return Piece(start, start + len(text), term, "words", ("text", bare))
