"""Invented but valid cards, accounts and identity papers, as strategies."""

from datetime import date

from hypothesis import strategies as st

from phototagd.rules.answers.checksums import iban_length, luhn, mrz_check_digit

_PREFIXES = {
    "4": 16,
    "51": 16,
    "2221": 16,
    "2720": 16,
    "34": 15,
    "37": 15,
    "36": 14,
    "6011": 16,
    "65": 16,
    "3528": 16,
    "62": 19,
    "6212": 16,
    "2200": 16,
}
_CN_WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@st.composite
def cards(draw: st.DrawFn) -> str:
    """A payment card of any issuer."""
    prefix, length = draw(st.sampled_from(sorted(_PREFIXES.items())))
    body = prefix + draw(digits(length - len(prefix) - 1))
    return next(body + d for d in "0123456789" if luhn(body + d) == 0)


@st.composite
def ibans(draw: st.DrawFn) -> str:
    """An account of a country with digits alone, so that every spacing leaves digit runs."""
    country = draw(st.sampled_from(["DE", "AT", "CH", "ES", "NO", "PL", "BE", "DK"]))
    body = draw(digits(iban_length(country) - 4))
    number = int("".join(str(int(c, 36)) for c in f"{body}{country}00"))
    return f"{country}{98 - number % 97:02d}{body}"


@st.composite
def resident_ids(draw: st.DrawFn) -> str:
    """A Chinese resident identity number."""
    region = draw(st.sampled_from(["110105", "310101", "440304", "650102", "810000"]))
    born = draw(st.dates(date(1900, 1, 1), date(2026, 1, 1)))
    body = f"{region}{born:%Y%m%d}{draw(digits(3))}"
    total = sum(int(c) * w for c, w in zip(body, _CN_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _checked(field: str) -> str:
    return field + mrz_check_digit(field)


_NAMES = st.sampled_from(
    ["ERIKSSON<<ANNA<MARIA", "MUSTERMANN<<ERIKA", "WANG<<XIAOMING", "O<NEIL<<UMA"]
)
_STATES = st.sampled_from(["UTO", "D<<", "CHN", "USA"])
_NUMBERS = (  # six digits at least, or they would not be numbers
    st.tuples(st.text("ABCDEFGHJKLMNPRTUVWXY0123456789", min_size=3, max_size=3), digits(6))
    .map("".join)
    .flatmap(st.permutations)
    .map("".join)
)
_DATES = st.dates(date(1930, 1, 1), date(2029, 12, 31)).map(lambda d: f"{d:%y%m%d}")
_SEXES = st.sampled_from("MF<")


@st.composite
def passports(draw: st.DrawFn) -> list[str]:
    """The two lines of a passport (TD3) or of a card or visa of two lines (TD2)."""
    width = draw(st.sampled_from([44, 36]))
    state = draw(_STATES)
    number, birth, expiry = _checked(draw(_NUMBERS)), _checked(draw(_DATES)), _checked(draw(_DATES))
    first = f"P<{state}{draw(_NAMES)}".ljust(width, "<")
    start = f"{number}{state}{birth}{draw(_SEXES)}{expiry}"
    body = start.ljust(width - 1, "<")
    return [first, body + mrz_check_digit(number + birth + expiry + body[28:])]


@st.composite
def identity_cards(draw: st.DrawFn) -> list[str]:
    """The three lines of an identity card (TD1)."""
    state = draw(_STATES)
    number, birth, expiry = _checked(draw(_NUMBERS)), _checked(draw(_DATES)), _checked(draw(_DATES))
    first = f"I<{state}{number}".ljust(30, "<")
    second = f"{birth}{draw(_SEXES)}{expiry}{state}".ljust(29, "<")
    composite = mrz_check_digit(first[5:] + birth + expiry + second[18:])
    return [first, second + composite, draw(_NAMES).ljust(30, "<")]
