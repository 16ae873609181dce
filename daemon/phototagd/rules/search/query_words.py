"""Words for numbers, months, seasons and holidays, in English and Chinese."""

import re

_DIGITS = "零〇一二两三四五六七八九"
_VALUES = dict(zip(_DIGITS, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_ENGLISH = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(),  # noqa: SIM905
        start=1,
    )
} | {"a": 1, "an": 1, "couple": 2, "few": 3, "几": 3, "俩": 2, "双": 2, "单": 1}

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASON_WORDS = {
    "春": "spring",
    "夏": "summer",
    "秋": "autumn",
    "冬": "winter",
    "spring": "spring",
    "summer": "summer",
    "autumn": "autumn",
    "fall": "autumn",
    "winter": "winter",
}
UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "年": "year",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
}
_HOLIDAY_WORDS = {
    "chinese new year's eve": "除夕|年三十|大年夜",
    "spring festival": "春节|过年|农历新年|新春|chinese new year|lunar new year|spring festival",
    "lantern festival": "元宵节?|lantern festival",
    "dragon boat festival": "端午节?|dragon boat(?: festival)?",
    "mid-autumn festival": "中秋节?|mid-?autumn(?: festival)?|moon festival",
    "national day": "国庆节?|十一(?:黄金周|长假|假期)|national day|golden week",
    "labour day": "五一|劳动节|labou?r day",
    "qingming": "清明节?|qingming",
    "children's day": "儿童节|六一|children'?s day",
    "women's day": "妇女节|三八节|women'?s day",
    "mother's day": "母亲节|mother'?s day",
    "father's day": "父亲节|father'?s day",
    "new year's eve": "跨年夜?|new year'?s eve",
    "new year": "元旦|new year'?s day|new year",
    "christmas": "圣诞节?|christmas|xmas",
    "halloween": "万圣节|halloween",
    "valentine's day": "情人节|valentine'?s?(?: day)?",
    "thanksgiving": "感恩节|thanksgiving",
    "easter": "复活节|easter",
    "summer holidays": "暑假|summer (?:holidays?|vacation|break)",
    "winter holidays": "寒假|winter (?:holidays?|vacation|break)",
}
HOLIDAY = "|".join(_HOLIDAY_WORDS.values())
MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
NUMBER = rf"(?:\d{{1,4}}|[{_DIGITS}十]{{1,3}})"
ENGLISH_NUMBER = rf"(?:\d{{1,4}}|{'|'.join(word for word in _ENGLISH if word.isascii())})"
YEAR = rf"(?:(?:19|20)\d\d|[一二][{_DIGITS}]{{3}})"

_HOLIDAYS = [(re.compile(words, re.IGNORECASE), name) for name, words in _HOLIDAY_WORDS.items()]


def number(text: str) -> int:
    """A number in digits, English or Chinese; raises KeyError for what is none."""
    text = text.lower()
    if text.isascii() and text.isdigit():
        return int(text)
    if text in _ENGLISH:
        return _ENGLISH[text]
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_VALUES[tens] if tens else 1) * 10 + (_VALUES[ones] if ones else 0)
    return int("".join(str(_VALUES[char]) for char in text))


def holiday_named(text: str) -> str:
    """The holiday that a match of `HOLIDAY` means."""
    return next(name for pattern, name in _HOLIDAYS if pattern.fullmatch(text))
