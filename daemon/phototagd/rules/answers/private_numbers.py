# ruff: noqa: RUF001 -- what a model reads for "<" is listed here
"""Which private numbers stand in these lines of text?

Cards, accounts, resident ids and the machine-readable zone of passports and identity cards,
in any spacing, in full-width or other scripts' digits, over one line or several. Only what
its checksum proves is found, so that phone and order numbers survive.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from phototagd.rules.answers.checksums import (
    iban_length,
    is_card,
    is_iban,
    is_resident_id,
    mrz_check_digit,
)

BANK_ACCOUNT = "bank_account"
BANK_CARD = "bank_card"
ID_DOCUMENT = "id_document"

_LONGEST_NUMBER = 19
_SHORTEST_NUMBER = 14
_GAP = re.compile(r"[\s\-_\u2010-\u2015\u2212]{0,3}")
_RARE_GAP = re.compile(r"[\s\-_.,/\u00b7\u2010-\u2015\u2212]{0,3}")
_GROUP = re.compile(r"\d+(?:X(?![A-Z0-9]))?|(?<![A-Z0-9])X(?![A-Z0-9])")
_PRINTED_SHAPES = frozenset(
    {(4, 6, 5), (4, 6, 4), (8, 8), (6, 13), (6, 8, 4), (6, 4, 4, 4), (4, 4, 5)}
)
_SHORTEST_EVEN_GROUP = 4
_FEW_GROUPS = 3
_GROUPS_BESIDE = 2  # an expiry date and a security code
_IBAN_START = re.compile(
    rf"(?:(?<![A-Z0-9])|(?<=IBAN))(?=([A-Z]){_GAP.pattern}([A-Z]){_GAP.pattern}[0-9])"
)

_FILLERS = str.maketrans(dict.fromkeys("«»‹›《》〈〉≪≫≤", "<"))
_LIKE_DIGITS = str.maketrans("OQDIBSZ", "0001852")
_DATE = r"[0-9OQDIBSZ<]{6}"
_DIGIT = r"[0-9OQDIBSZ]"
# Passports, visas and cards of two lines: number, nationality, birth, sex, expiry.
_MRZ_NUMBER_FIRST = re.compile(
    rf"(?=(?P<number>[A-Z0-9<]{{9}})(?P<number_check>{_DIGIT})[A-Z0<]{{3}}"
    rf"(?P<birth>{_DATE})(?P<birth_check>{_DIGIT})[MFX<](?P<expiry>{_DATE})(?P<expiry_check>{_DIGIT}))"
)
# The second line of cards of three lines: birth, sex, expiry, nationality.
_MRZ_DATES_FIRST = re.compile(
    rf"(?=(?P<birth>{_DATE})(?P<birth_check>{_DIGIT})[MFX<]"
    rf"(?P<expiry>{_DATE})(?P<expiry_check>{_DIGIT})[A-Z0<]{{3}})"
)
# The first line of cards of three lines: kind, state, number.
_MRZ_CARD = re.compile(
    rf"(?=[IAC][A-Z0-9<][A-Z0<]{{3}}(?P<number>[A-Z0-9<]{{9}})(?P<number_check>{_DIGIT})[A-Z0-9<]{{9,15}}<)"
)
_MRZ_WORDS = "[A-Z0]{1,39}(?:<[A-Z0]{1,39}){0,8}"
_MRZ_NAMES = re.compile(rf"[PVIAC][A-Z<][A-Z0<]{{3}}{_MRZ_WORDS}<<{_MRZ_WORDS}<{{3}}")


@dataclass(frozen=True, slots=True)
class PrivateNumber:
    """A number that was found: its class, and itself without spaces in upper case."""

    what: str
    value: str


def private_numbers(lines: Sequence[str]) -> frozenset[PrivateNumber]:
    """Every private number in the lines; a number may go on in the next line."""
    plain = [plain_text(line) for line in lines]
    found = {number for line in plain for number in _in_line(line)}
    found |= set(_over_lines(plain))
    joined = "\n".join(plain)
    found |= {PrivateNumber(BANK_ACCOUNT, iban) for iban in _ibans(joined)}
    found |= {PrivateNumber(ID_DOCUMENT, zone) for zone in _zones(plain)}
    return frozenset(found)


def plain_text(text: str) -> str:
    """Upper case, compatibility forms folded, every digit of every script a plain one."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in folded)


def _class_of(number: str) -> str:
    if is_resident_id(number):
        return ID_DOCUMENT
    return BANK_CARD if is_card(number) else ""


def _in_line(line: str) -> Iterator[PrivateNumber]:
    """Numbers in one line: any run of whole groups of digits, however they are spaced.

    Whole groups only: an expiry date or a name beside the number must not hide it, and a
    longer number must not contain one by chance.
    """
    for run in _runs(line, _GAP):
        yield from _numbers_in(run, lambda _: True)
    for run in _runs(line, _RARE_GAP):  # a list of prices, more often than a card
        yield from _numbers_in(run, _is_printed_so)


def _over_lines(lines: Sequence[str]) -> Iterator[PrivateNumber]:
    """Numbers over several lines that hold nothing else, in groups as they are printed.

    Prices below each other or the start numbers of a race make a valid number soon enough, so
    here the groups must be those of real cards, with little else beside them.
    """
    run: list[str] = []
    for line in [*lines, "end"]:
        if _is_digits_alone(line):
            run += _GROUP.findall(line)
            continue
        yield from _numbers_in(run, partial(_is_card_among, len(run)))
        run = []


def _is_card_among(all_groups: int, groups: Sequence[str]) -> bool:
    is_card_like = len(groups) <= _FEW_GROUPS or _is_printed_so(groups)
    return is_card_like and all_groups - len(groups) <= _GROUPS_BESIDE


def _is_digits_alone(line: str) -> bool:
    return bool(_GROUP.search(line)) and not _GAP.sub("", _GROUP.sub("", line))


def _runs(line: str, gap: re.Pattern[str]) -> Iterator[list[str]]:
    run: list[str] = []
    end = -1
    for match in _GROUP.finditer(line):
        if run and gap.fullmatch(line, end, match.start()) is None:
            yield run
            run = []
        run.append(match.group())
        end = match.end()
    yield run


def _numbers_in(
    groups: Sequence[str], is_plausible: Callable[[Sequence[str]], bool]
) -> Iterator[PrivateNumber]:
    for first in range(len(groups)):
        number = ""
        for last in range(first, len(groups)):
            number += groups[last]
            if len(number) > _LONGEST_NUMBER:
                break
            if len(number) < _SHORTEST_NUMBER or not is_plausible(groups[first : last + 1]):
                continue
            what = _class_of(number)
            if what:
                yield PrivateNumber(what, number)


def _is_printed_so(groups: Sequence[str]) -> bool:
    """Whether cards and identity cards print their number in such groups."""
    shape = tuple(len(group) for group in groups)
    is_even = len(set(shape[:-1])) <= 1 and shape[0] >= _SHORTEST_EVEN_GROUP
    return is_even or shape in _PRINTED_SHAPES


def _ibans(text: str) -> Iterator[str]:
    for start in _IBAN_START.finditer(text):
        length = iban_length(start[1] + start[2])
        iban, position = "", start.start()
        while length and len(iban) < length and position < len(text):
            if text[position].isascii() and text[position].isalnum():
                iban += text[position]
                position += 1
                continue
            gap = _GAP.match(text, position)
            if gap is None or gap.end() == position:
                break
            position = gap.end()
        goes_on = position < len(text) and text[position].isdigit()
        if not goes_on and is_iban(iban):
            yield iban


def _zones(lines: Sequence[str]) -> list[str]:
    """Machine-readable zones; spaces and misread fillers are forgiven, check digits are not."""
    text = "".join("".join(line.split()) for line in lines).translate(_FILLERS)
    for pattern in (_MRZ_NUMBER_FIRST, _MRZ_DATES_FIRST, _MRZ_CARD):
        fields = [m.groupdict() for m in pattern.finditer(text)]
        checked = ["".join(f.values()) for f in fields if _checks(f)]
        if checked:  # the other patterns would find other parts of the same zone
            return checked
    return [match.group() for match in _MRZ_NAMES.finditer(text)]


def _checks(fields: dict[str, str]) -> bool:
    """Whether every field has its check digit, and the dates can be dates."""
    return all(
        _is_checked(fields[name], fields[f"{name}_check"], is_number=name == "number")
        for name in ("number", "birth", "expiry")
        if name in fields
    )


def _is_checked(value: str, check: str, *, is_number: bool) -> bool:
    digits = value.translate(_LIKE_DIGITS)
    check = check.translate(_LIKE_DIGITS)
    if not is_number:
        return _may_be_date(digits) and mrz_check_digit(digits) == check
    readings = {value, value.replace("O", "0"), value.replace("0", "O"), digits}
    return any(c.isdigit() for c in value) and any(
        mrz_check_digit(reading) == check for reading in readings
    )


def _may_be_date(digits: str) -> bool:
    month, day = digits[2:4], digits[4:6]
    return (month == "<<" or "01" <= month <= "12") and (day == "<<" or "01" <= day <= "31")
