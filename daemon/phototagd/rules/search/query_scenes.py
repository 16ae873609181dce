# ruff: noqa: RUF001 -- half of the patterns are Chinese
"""Which people, hours, formats, cameras and places does a query name in plain words?"""

import re
from collections.abc import Collection

from phototagd.domain.search import Fact, Field, Having, LibraryNames, People, Taken, Term
from phototagd.rules.search.query_board import Board, Piece
from phototagd.rules.search.query_fields import people_sense
from phototagd.rules.search.query_words import number
from phototagd.rules.text.synonyms import spelled
from phototagd.rules.text.tokenising import fold, is_dense

_ZH_COUNT = r"(?:\d{1,3}|[一二两俩三四五六七八九十单双]{1,3})"
_PEOPLE = (
    (
        (
            r"没有?任?何?人物?|不要有?人(?!物)|无人(?!机)|空无一人"
            r"|\b(?:nobody|no one|no people|without (?:any )?(?:people|persons?|anyone))\b"
        ),
        0,
        0,
    ),
    (r"独自一?人?|单独一人|一个人|\b(?:alone|one person|single person|just one person)\b", 1, 1),
    (r"有人(?!物)|\bwith people\b", 1, None),
)
_SO_MANY = re.compile(
    rf"(?P<zh>{_ZH_COUNT})(?:个|位|口)?人(?![物行民类工们])|\b(?P<en>\d{{1,3}}|one|two|three|four|"
    r"five|six|seven|eight|nine|ten) (?:people|persons?)\b",
    re.IGNORECASE,
)
_HOURS = (
    (
        "night",
        r"晚上|夜晚|夜里|夜间|深夜|半夜|(?:late )?\bat night\b|\bnighttime\b|(?<=not )night\b",
        (20, 21, 22, 23, 0, 1, 2, 3, 4),
    ),
    ("morning", r"早上|早晨|清晨|上午|\bin the (?:early )?morning\b", (5, 6, 7, 8, 9, 10, 11)),
    ("afternoon", r"下午|午后|\bin the afternoon\b", (12, 13, 14, 15, 16, 17)),
    ("evening", r"傍晚|黄昏|\bin the evening\b", (17, 18, 19, 20, 21)),
)
_TEXT = re.compile(r"(?:带|含|有)文?字的?|\bwith (?:some )?(?:text|writing)\b", re.IGNORECASE)
_KIND = re.compile(
    r"(?<![\w])(?P<kind>raw|jpe?g|heic|heif|png|gif|webp|avif|tiff?|dng)"
    r"(?= ?(?:格式|文件|照片|图片|photo|picture|image|file|shot|$))(?: ?格式的?)?",
    re.IGNORECASE,
)
_KINDS = {"jpg": "jpeg", "heic": "heif", "tif": "tiff", "dng": "raw"}
_WITH_CAMERA = re.compile(
    r"\b(?:shot|taken|made|photographed) (?:on|with|by|using)(?: (?:my|a|an|the|our))?"
    r" (?P<en>[\w-]+(?: [\w-]+){0,4})|用(?P<zh>[^\s\0，,。的]{2,20}?)(?:相机)?拍摄?的?",
    re.IGNORECASE,
)
_MAKERS = {
    "佳能": "canon",
    "尼康": "nikon",
    "索尼": "sony",
    "富士": "fujifilm",
    "徕卡": "leica",
    "莱卡": "leica",
    "松下": "panasonic",
    "哈苏": "hasselblad",
    "奥林巴斯": "olympus",
    "理光": "ricoh",
    "宾得": "pentax",
    "大疆": "dji",
    "华为": "huawei",
    "小米": "xiaomi",
    "苹果": "apple",
    "谷歌": "google",
    "三星": "samsung",
    "fuji": "fujifilm",
}
_PLACE_LEAD = re.compile(r"(?:\b(?:in|at|from|near|around|to)\s+(?:the\s+)?)$", re.IGNORECASE)


def take_people(board: Board) -> None:
    """Take counts of people out of the text."""
    for pattern, least, most in _PEOPLE:

        def piece(match: re.Match[str], least: int = least, most: int | None = most) -> Piece:
            sense = people_sense(least, most)
            return Piece(match.start(), match.end(), People(least, most), "people", sense)

        board.put_all(re.compile(pattern, re.IGNORECASE), piece)

    def counted(match: re.Match[str]) -> Piece:
        count = number(match["zh"] or match["en"])
        sense = people_sense(count, count)
        return Piece(match.start(), match.end(), People(count, count), "people", sense)

    board.put_all(_SO_MANY, counted)


def take_hours(board: Board) -> None:
    """Take parts of the day out of the text: the camera's clock or the photo's words tell."""
    for name, pattern, hours in _HOURS:

        def piece(match: re.Match[str], name: str = name, hours: tuple[int, ...] = hours) -> Piece:
            taken = Taken(hours=hours, term=spelled(name))
            sense = ("at" if name == "night" else "in the", name)
            return Piece(match.start(), match.end(), taken, "time", sense)

        board.put_all(re.compile(pattern, re.IGNORECASE), piece)


def take_formats(board: Board) -> None:
    """Take "with text" and file formats out of the text."""
    board.put_all(_TEXT, lambda m: Piece(m.start(), m.end(), Having.TEXT, "has", ("has", "text")))

    def kind(match: re.Match[str]) -> Piece:
        name = match["kind"].lower()
        fact = Fact(Field.KIND, (_KINDS.get(name, name),))
        return Piece(match.start(), match.end(), fact, "kind", ("is", "kind", fact.values[0]))

    board.put_all(_KIND, kind)


def take_cameras(board: Board, cameras: Collection[str]) -> None:
    """Take cameras out of the text: those that are named as one, and the library's own models."""

    def named(match: re.Match[str]) -> Piece | None:
        group = "en" if match["en"] else "zh"
        words = match[group].split(" ")
        for count in range(len(words), 0, -1):  # as many words as a camera of the library has
            given = " ".join(words[:count])
            folded = _maker(fold(given))
            if any(folded in camera for camera in cameras):
                end = match.start(group) + len(given) if group == "en" else match.end()
                return _camera(match.start(), end, folded, given)
        return None

    board.put_all(_WITH_CAMERA, named)
    # A bare maker may be a fruit; a bare model has a digit or is long, and means only itself.
    for model in sorted(cameras, key=len, reverse=True):
        if any(char.isdigit() for char in model) or model == "iphone":
            pattern = re.compile(rf"(?<!\w){re.escape(model)}(?!\w)", re.IGNORECASE)
            board.put_all(pattern, lambda m: _camera(m.start(), m.end(), fold(m[0]), m[0]))


def _camera(start: int, end: int, folded: str, words: str) -> Piece:
    return Piece(start, end, Fact(Field.CAMERA, (folded,)), "camera", ("is", "camera", words))


def _maker(folded: str) -> str:
    """The name with its maker as cameras write it."""
    for name, maker in _MAKERS.items():
        if folded.startswith(name) and not folded.startswith(maker):
            return f"{maker} {folded.removeprefix(name).strip()}".strip()
    return folded


def take_places(board: Board, names: LibraryNames) -> None:
    """Take the library's own places out of the text, the longest names first.

    A name in Latin letters counts after "in" and the like, or with a capital: nice is no city.
    """
    known: dict[str, Term] = {}
    for place in names.places:
        term = spelled(place)
        for name in (place, *map(fold, term.spellings)):
            known.setdefault(name, Term((place, *term.spellings[1:])))
    for name in sorted(known, key=len, reverse=True):
        if len(name) < 2:  # noqa: PLR2004 -- single characters are parts of words
            continue
        bounds = "" if is_dense(name[0]) else r"\b"
        pattern = re.compile(bounds + re.escape(name) + bounds, re.IGNORECASE)

        def piece(match: re.Match[str], term: Term = known[name]) -> Piece | None:
            return _place(board, match, term, names.places)

        board.put_all(pattern, piece)


def _place(board: Board, match: re.Match[str], term: Term, places: Collection[str]) -> Piece | None:
    lead = _PLACE_LEAD.search(board.rest[: match.start()])
    if not (is_dense(match[0][0]) or lead or match[0][0].isupper()):
        return None
    spellings = tuple(dict.fromkeys((match[0], *term.spellings)))
    values = tuple(value for value in map(fold, spellings) if value in places)
    fact = Fact(Field.PLACE, values, term=Term(spellings))
    start = lead.start() if lead else match.start()
    return Piece(start, match.end(), fact, "place", ("is", "place", match[0]))
