# ruff: noqa: RUF001 -- half of the field names are Chinese
"""Which `field:value` and "quoted phrase" stand in a query?

A minus before either means "not". A field that is not known, or whose value makes no sense,
is an ordinary word.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from phototagd.domain.search import Fact, Field, Having, People, Span, Taken, Term
from phototagd.rules.search.query_board import Board, Mark, Piece, Wish
from phototagd.rules.search.query_times import sense_of, take_times
from phototagd.rules.text.synonyms import spelled
from phototagd.rules.text.tokenising import fold, whole

_QUOTED = re.compile(r"""(?P<not>(?<!\S)-)?["“”「『](?P<text>[^"“”「」『』\0]+)["“”」』]""")
_FIELD = re.compile(
    r"""(?P<not>(?<!\S)-)?(?<![\w:：])(?P<field>[^\W\d_]+)[:：](?P<value>"[^"\0]*"|[^\s\0"]+)"""
)
_COUNT = re.compile(r"(?P<sign>>=|<=|>|<|)(?P<least>\d{1,3})(?:-(?P<most>\d{1,3})|(?P<plus>\+))?$")
_FACTS = {
    Field.CATEGORY: ("class", "category", "类别", "分类"),
    Field.MOOD: ("mood", "心情", "氛围"),
    Field.OBJECT: ("object", "objects", "物体"),
    Field.PLACE: ("place", "city", "country", "地点", "城市", "国家"),
    Field.CAMERA: ("camera", "相机"),
    Field.KIND: ("type", "kind", "format", "格式", "类型"),
    Field.SENSITIVE: ("sensitive", "敏感"),
    Field.FOLDER: ("folder", "dir", "文件夹", "目录"),
}
_FIELD_OF = {name: field for field, names in _FACTS.items() for name in names}
_HAVING = {"text": Having.TEXT, "文字": Having.TEXT, "place": Having.PLACE, "date": Having.DATE}
_KINDS = {"jpg": "jpeg", "heic": "heif", "tif": "tiff", "dng": "raw"}

Reading = tuple[Wish, str, tuple[str, ...]]  # the wish, the kind of its chip, its sense


def take_quoted(board: Board) -> None:
    """Take quoted phrases out of the text: they are looked for as they stand."""

    def piece(match: re.Match[str]) -> Piece:
        term = Term((match["text"],))
        negated = match["not"] is not None
        return Piece(match.start(), match.end(), term, "phrase", ("text", match["text"]), negated)

    board.put_all(_QUOTED, piece)


def take_fields(board: Board, today: date) -> None:
    """Take every `field:value` out of the text."""

    def piece(match: re.Match[str]) -> Piece | None:
        name, value = fold(match["field"]), match["value"].strip('"')
        found = read_field(name, value, today) if value else None
        if found is None:
            return None
        return Piece(match.start(), match.end(), *found, is_negated=match["not"] is not None)

    # Quoted values must still be there, so fields come before phrases.
    board.put_all(_FIELD, piece)


def read_field(name: str, value: str, today: date) -> Reading | None:
    """What a field with a value means: the wish, the kind of its chip, its sense.

    None for a field that is not known, and for a value that makes no sense in it.
    """
    if name in _FIELD_OF:
        return _fact(_FIELD_OF[name], value)
    reader = _READERS.get(name)
    return None if reader is None else reader(name, value, today)


def _fact(field: Field, value: str) -> Reading:
    folded = fold(value)
    values: tuple[str, ...] = (_KINDS.get(folded, folded),) if field is Field.KIND else (folded,)
    if field in {Field.PLACE, Field.CATEGORY, Field.OBJECT}:
        term = spelled(value)
        values = tuple(dict.fromkeys(map(fold, (*term.spellings, *term.whole))))
    return Fact(field, values), field.value, ("is", field.value, value)


def _having(_name: str, value: str, _today: date) -> Reading | None:
    having = _HAVING.get(fold(value))
    return None if having is None else (having, "has", ("has", having.value))


def _is(_name: str, value: str, _today: date) -> Reading | None:
    if fold(value) not in {"private", "私密"}:
        return None
    return Mark.PRIVATE, "private", ("private",)


def _people(_name: str, value: str, _today: date) -> Reading | None:
    match = _COUNT.match(value)
    if match is None:
        return None
    count = int(match["least"])
    by_sign = {
        ">": (count + 1, None),
        ">=": (count, None),
        "<": (0, count - 1),
        "<=": (0, count),
    }
    if match["sign"]:
        least, most = by_sign[match["sign"]]
    elif match["plus"]:
        least, most = count, None
    else:
        least, most = count, int(match["most"] or count)
    return People(least, most), "people", people_sense(least, most)


def people_sense(least: int, most: int | None) -> tuple[str, ...]:
    """The sense of so many people."""
    if most == least:
        return {0: ("nobody",), 1: ("person",)}.get(least, ("people", str(least)))
    if most is None:
        return "people_least", str(least)
    return "people_between", str(least), str(most)


def _tag(_name: str, value: str, _today: date) -> Reading | None:
    return (Term((), whole=(value,)), "keyword", ("is", "keyword", value)) if whole(value) else None


def _date(name: str, value: str, today: date) -> Reading | None:
    """A time as people write it; `before` ends where it begins, `after` begins where it ends."""
    board = Board(value)
    take_times(board, today)
    wishes = [piece.wish for piece in board.pieces]
    if len(wishes) != 1 or not isinstance(wishes[0], Taken) or len(wishes[0].spans) != 1:
        return None
    span = wishes[0].spans[0]
    match name:
        case "before":
            span = Span(span.start.min, span.start)
        case "after" | "since":
            start = span.end if name == "after" else span.start
            span = Span(start, max(start, _tomorrow(today)))
        case _:
            pass
    taken = Taken(spans=(span,))
    return taken, "time", sense_of(taken)


def _tomorrow(today: date) -> datetime:
    return datetime.combine(today, time()) + timedelta(days=1)


_READERS: Mapping[str, Callable[[str, str, date], Reading | None]] = {
    "has": _having,
    "有": _having,
    "is": _is,
    "people": _people,
    "人数": _people,
    "tag": _tag,
    "keyword": _tag,
    "标签": _tag,
    "关键词": _tag,
    "date": _date,
    "taken": _date,
    "日期": _date,
    "before": _date,
    "after": _date,
    "since": _date,
}
