# ruff: noqa: RUF001 -- half of the patterns are Chinese
"""Which times does a query name?

A person's "today" is given; nothing here looks at a clock. "Last summer" is the newest summer
that is over, 去年夏天 the summer of the calendar year before. Without a year, seasons, months
and holidays mean those of every year.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from phototagd.domain.search import Span, Taken
from phototagd.rules.search.calendar_spans import (
    around,
    back,
    day,
    days,
    holiday,
    month,
    season,
    season_months,
    years,
)
from phototagd.rules.search.lunar import FIRST_YEAR
from phototagd.rules.search.query_board import Board, Piece
from phototagd.rules.search.query_words import (
    ENGLISH_NUMBER,
    HOLIDAY,
    MONTH,
    MONTHS,
    NUMBER,
    SEASON_WORDS,
    UNITS,
    WEEKDAYS,
    YEAR,
    holiday_named,
    number,
)

Match = re.Match[str]
Reader = Callable[[Match, date], Span | Taken | None]
_DAY = timedelta(days=1)
_BEFORE_ALL = date(1, 1, 1)
_ZH_YEAR = rf"(?P<y>大前年|前年|去年|今年|{YEAR}年?)的?"
_ZH_AGO = {"今年": 0, "去年": 1, "前年": 2, "大前年": 3}
_ZH_WEEK = {"这": 0, "本": 0, "上": 1, "上上": 2}
_EN_YEAR = r"(?P<y>(?:19|20)\d\d|last year|this year)"
_PART_OF_YEAR = {"上半年": (1, 6), "下半年": (7, 6), "年初": (1, 2), "年底": (11, 2)}
_PART_OF_MONTH = {"初": (1, 11), "上旬": (1, 11), "中旬": (11, 21), "下旬": (21, 0), "底": (21, 0)}


def take_times(board: Board, today: date) -> None:
    """Take every time out of the text."""
    for pattern, read in _PATTERNS:

        def piece(match: Match, read: Reader = read) -> Piece | None:
            try:
                found = read(match, today)
            except (ValueError, KeyError, OverflowError):
                return None  # the 31st of February, or a year that no calendar has
            if found is None:
                return None
            taken = Taken(spans=(found,)) if isinstance(found, Span) else found
            is_one = len(taken.spans) <= 1
            sense = sense_of(taken) if is_one else ("every", match[0].strip())
            return Piece(match.start(), match.end(), taken, "time", sense)

        board.put_all(pattern, piece)


def sense_of(taken: Taken) -> tuple[str, ...]:
    """The sense of a time: days are inclusive."""
    if taken.months:
        return "month", ", ".join(map(str, taken.months))
    start, last = taken.spans[0].start.date(), taken.spans[0].end.date() - _DAY
    if start == _BEFORE_ALL:
        return "until", str(last)
    if taken.spans[0] == years(start.year):
        return "year", str(start.year)
    return ("day", str(start)) if start == last else ("span", str(start), str(last))


def _year(text: str, today: date) -> int:
    ago = _ZH_AGO.get(text, {"last year": 1, "this year": 0}.get(text.lower()))
    return number(text.rstrip("年")) if ago is None else today.year - ago


def _finished(build: Callable[[int], Span | None], which: str, today: date) -> Span | None:
    """This year's, or the newest that is over."""
    this = build(today.year)
    if which.lower() == "this" or (this is not None and this.end.date() <= today + _DAY):
        return this
    return build(today.year - 1)


def _range(m: Match, _: date) -> Span | None:
    first, last = number(m["a"]), number(m["b"])
    return years(first, last) if first <= last else None


def _single_day(m: Match, today: date) -> Span:
    return day(date(_year(m["y"], today), _month(m["m"]), number(m["d"])))


def _month(text: str) -> int:
    return MONTHS.get(text.lower()) or number(text)


def _zh_month(m: Match, today: date) -> Span:
    span = month(_year(m["y"], today), number(m["m"]))
    if m["part"]:
        first, end = _PART_OF_MONTH[m["part"]]
        start = span.start.date()
        return days(start.replace(day=first), start.replace(day=end) if end else span.end.date())
    return span


def _half(m: Match, today: date) -> Span:
    first, count = _PART_OF_YEAR[m["part"] if m["part"] in _PART_OF_YEAR else "年" + m["part"]]
    return month(_year(m["y"], today), first, count)


def _decade(m: Match, today: date) -> Span | None:
    given = int(m["y"])
    if given < 100:  # noqa: PLR2004 -- two digits
        given += 1900 if 1900 + given > today.year - 100 and given > today.year % 100 else 2000
    return years(given, given + 9) if given <= today.year else None


def _since(m: Match, today: date) -> Span | None:
    """Before, since or after a year."""
    year = number(m["y"])
    word = (m["before"] or m["after"]).lower()
    if m["before"]:
        return days(_BEFORE_ALL, date(year, 1, 1))
    first = date(year + (word not in {"since", "以来"}), 1, 1)
    return days(first, today + _DAY) if first <= today else None


def _past(m: Match, today: date) -> Span:
    """The last so many days, weeks, months or years, until today."""
    if m["n"] == "半":
        return days(back(today, 6, "month"), today + _DAY)
    return days(back(today, number(m["n"].split()[0]), _unit(m["u"])), today + _DAY)


def _unit(text: str) -> str:
    return UNITS[text.lower().removeprefix("个")]


def _ago(m: Match, today: date) -> Span:
    unit = _unit(m["u"])
    return around(back(today, number(m["n"]), unit), unit)


def _zh_weekend(m: Match, today: date) -> Span:
    return day(_monday(today) + (5 - 7 * _ZH_WEEK[m["p"]]) * _DAY, 2)


def _zh_weekday(m: Match, today: date) -> Span:
    number_of_day = "一二三四五六日".index(m["w"].replace("天", "日"))
    return day(_monday(today) + (number_of_day - 7 * _ZH_WEEK[m["p"]]) * _DAY)


def _monday(today: date) -> date:
    return today - today.weekday() * _DAY


def _last_unit(m: Match, today: date) -> Span:
    count = 1 if m["p"].lower() in {"last", "past"} else _ZH_WEEK.get(m["p"], 0)
    return around(
        back(today.replace(day=1) if _unit(m["u"]) == "month" else today, count, _unit(m["u"])),
        _unit(m["u"]),
    )


def _last_weekday(m: Match, today: date) -> Span:
    return day(today - ((today.weekday() - WEEKDAYS.index(m["w"].lower()) - 1) % 7 + 1) * _DAY)


def _last_weekend(m: Match, today: date) -> Span:
    return day(_monday(today) + (-2 if m["p"].lower() == "last" else 5) * _DAY, 2)


def _near_day(m: Match, today: date) -> Span:
    return day(today - _NEAR[m[0].lower()] * _DAY)


_NEAR = {
    "大前天": 3,
    "前天": 2,
    "the day before yesterday": 2,
    "day before yesterday": 2,
    "昨天": 1,
    "yesterday": 1,
    "今天": 0,
    "today": 0,
}


def _every_holiday(m: Match, today: date) -> Taken | None:
    """None on a day before the first one that is known, as a clock gone wrong tells."""
    name = holiday_named(m["h"])
    found = (holiday(year, name) for year in range(FIRST_YEAR, today.year + 1))
    spans = tuple(span for span in found if span is not None)
    return Taken(spans=spans) if spans else None


def _compiled(patterns: Mapping[str, Reader]) -> list[tuple[re.Pattern[str], Reader]]:
    return [(re.compile(text, re.IGNORECASE), read) for text, read in patterns.items()]


_SEASON = r"(?P<s>spring|summer|autumn|fall|winter)(?! (?:holiday|vacation|break))"
_IN = r"\b(?:in |during |from |on |over )?(?:the )?"

# In this order: what is longer or more exact comes before its own parts.
_PATTERNS = _compiled(
    {
        rf"从?(?P<a>{YEAR})年?(?:到|至|-|–|—|~)(?P<b>{YEAR})年?(?:之?间)?": _range,
        rf"\b(?:between|from) (?P<a>{YEAR}) (?:and|to|until|till) (?P<b>{YEAR})\b": _range,
        rf"\b(?P<a>{YEAR})\s*(?:-|–|to)\s*(?P<b>{YEAR})\b": _range,
        r"(?P<y>(?:19|20)\d\d)[-/.年](?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})[日号]?(?!\d)": _single_day,
        rf"{_ZH_YEAR}(?P<m>{NUMBER})月(?P<d>{NUMBER})[日号]": _single_day,
        rf"{_ZH_YEAR}(?P<m>{NUMBER})月份?(?P<part>[上中下]旬|初|底)?": _zh_month,
        r"(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})(?![\d-])": lambda m, _: month(
            int(m["y"]), int(m["m"])
        ),
        rf"{_ZH_YEAR}(?P<h>{HOLIDAY})(?:假期|期间)?": lambda m, t: holiday(
            _year(m["y"], t), holiday_named(m["h"])
        ),
        rf"{_ZH_YEAR}(?P<s>[春夏秋冬])[天季]?": lambda m, t: season(
            _year(m["y"], t), SEASON_WORDS[m["s"]]
        ),
        rf"{_ZH_YEAR}(?P<part>上半年|下半年|年初|年底|初|底)": _half,
        r"(?<!\d)(?:上世纪)?(?P<y>(?:19|20)?\d0)年代": _decade,
        rf"(?P<y>{YEAR})年?(?:(?P<before>以前|之前)|(?P<after>以后|之后|以来))": _since,
        rf"\b(?:(?P<before>before)|(?P<after>since|after)) (?P<y>{YEAR})\b": _since,
        rf"大前年|前年|去年|今年|{YEAR}年": lambda m, t: years(_year(m[0], t)),
        rf"(?:最近|近|过去)的?(?P<n>{NUMBER}|几|半)(?P<u>天|个?星期|周|个?月|年)": _past,
        r"最近|近期|\b(?:recent(?:ly)?|lately)\b": lambda _, t: days(back(t, 30, "day"), t + _DAY),
        rf"(?P<n>{NUMBER}|几)(?P<u>天|个?星期|周|个?月|年)以?前": _ago,
        r"(?P<p>上上|上|这|本)个?周末": _zh_weekend,
        r"(?P<p>上上|上|这|本)个?(?:周|星期|礼拜)(?P<w>[一二三四五六日天])": _zh_weekday,
        r"(?P<p>上上|上|这|本)个?(?P<u>周|星期|礼拜)": _last_unit,
        r"(?P<p>上上|上|这|本)个?(?P<u>月)(?!亮)": _last_unit,
        r"大前天|前天|昨天|今天"
        r"|\b(?:the )?day before yesterday\b|\byesterday\b|\btoday\b": _near_day,
        rf"{_IN}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{MONTH})\.?,? "
        rf"(?P<y>(?:19|20)\d\d)\b": _single_day,
        rf"{_IN}(?P<m>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? "
        rf"(?P<y>(?:19|20)\d\d)\b": _single_day,
        rf"{_IN}(?P<m>{MONTH})\.?,?(?: of)? {_EN_YEAR}\b": lambda m, t: month(
            _year(m["y"], t), MONTHS[m["m"].lower()]
        ),
        rf"{_IN}{_SEASON}(?: of)? {_EN_YEAR}\b": lambda m, t: season(
            _year(m["y"], t), SEASON_WORDS[m["s"].lower()]
        ),
        rf"{_IN}(?P<h>{HOLIDAY})(?: of| in)? {_EN_YEAR}\b": lambda m, t: holiday(
            _year(m["y"], t), holiday_named(m["h"])
        ),
        rf"{_IN}(?P<p>last|this|past) {_SEASON}\b": lambda m, t: _finished(
            lambda year: season(year, SEASON_WORDS[m["s"].lower()]), m["p"], t
        ),
        rf"{_IN}(?P<p>last|this|past) (?P<h>{HOLIDAY})\b": lambda m, t: _finished(
            lambda year: holiday(year, holiday_named(m["h"])), m["p"], t
        ),
        rf"{_IN}(?P<p>last|this) (?P<m>{MONTH})\b": lambda m, t: _finished(
            lambda year: month(year, MONTHS[m["m"].lower()]), m["p"], t
        ),
        rf"{_IN}(?:last|past) (?P<n>{ENGLISH_NUMBER})(?: of)? "
        r"(?P<u>day|week|month|year)s?\b": _past,
        rf"\b(?P<n>{ENGLISH_NUMBER})(?: of)? (?P<u>day|week|month|year)s? ago\b": _ago,
        r"\b(?P<p>last|this) weekend\b": _last_weekend,
        rf"\b(?:on )?last (?P<w>{'|'.join(WEEKDAYS)})\b": _last_weekday,
        r"\b(?P<p>last|this) (?P<u>week|month|year)\b": _last_unit,
        rf"{_IN}(?P<y>(?:19|20)?[0-9]0)'?s\b": _decade,
        r"\b(?:in |from |during )?(?P<y>(?:19|20)\d\d)\b(?!\s*(?:mm|px|x)\b)": lambda m, _: years(
            int(m["y"])
        ),
        rf"(?P<h>{HOLIDAY})(?:假期|期间)?(?!树|\s+tree|\s+card)": _every_holiday,
        r"每?年?(?P<s>[春夏秋冬])[天季]|" + _IN + r"(?P<e>summer|autumn|winter)\b"
        r"|\bin (?:the )?(?P<f>spring)\b": lambda m, _: Taken(
            months=season_months(SEASON_WORDS[(m["s"] or m["e"] or m["f"]).lower()])
        ),
        rf"(?<![\d年])(?P<m>{NUMBER})月份?(?![饼亮])|\bin (?P<e>{MONTH})\b": lambda m, _: Taken(
            months=_one_month(m["m"] or m["e"])
        ),
    }
)


def _one_month(text: str) -> tuple[int, ...]:
    found = _month(text)
    if not 1 <= found <= 12:  # noqa: PLR2004 -- months of a year
        raise ValueError(text)
    return (found,)
