# ruff: noqa: SIM905 -- the registry reads best as text
"""Is this number really a card, an account, an identity? The arithmetic, and who issues what.

Sources: ISO/IEC 7812 (cards), ISO 13616 (IBAN, its registry of lengths), ICAO 9303 (machine
readable zones), GB 11643 (Chinese resident identity numbers). Input is ASCII, without spaces.
"""

from datetime import date

# Issuer prefixes (first and last, of equal length) and the lengths of their numbers. Visa's 13
# and Maestro's 12 to 15 digits are out of use, and would be every tenth barcode or phone.
_ISSUERS: tuple[tuple[int, int, tuple[int, ...]], ...] = (
    (4, 4, (16, 19)),  # Visa
    (51, 55, (16,)),  # Mastercard
    (2221, 2720, (16,)),
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),
    (300, 305, (14,)),  # Diners Club
    (36, 36, (14,)),
    (38, 39, (14, 16)),
    (6011, 6011, (16, 19)),  # Discover
    (644, 659, (16, 19)),
    (3528, 3589, (16, 19)),  # JCB
    (62, 62, (16, 17, 18, 19)),  # UnionPay
    (81, 81, (16, 17, 18, 19)),
    (2200, 2204, (16, 19)),  # Mir
    (5018, 5018, (16, 18, 19)),  # Maestro
    (5020, 5020, (16, 18, 19)),
    (5038, 5038, (16, 18, 19)),
    (5893, 5893, (16, 18, 19)),
    (6304, 6304, (16, 18, 19)),
    (6759, 6763, (16, 18, 19)),
)

_IBAN_LENGTHS = {
    pair[:2]: int(pair[2:])
    for pair in (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 "
        "DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 "
        "HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 "
        "MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 "
        "RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 "
        "VA22 VG24 XK20 YE30"
    ).split()
}

_CN_PROVINCES = frozenset(
    f"{a}{b}"
    for a, bs in (
        ("1", "12345"),
        ("2", "123"),
        ("3", "1234567"),
        ("4", "123456"),
        ("5", "01234"),
        ("6", "12345"),
        ("7", "1"),
        ("8", "123"),
        ("9", "1"),
    )
    for b in bs
)
_CN_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CN_LENGTH = 18
_CN_YEARS = range(1880, 2100)

_MRZ_WEIGHTS = (7, 3, 1)


def is_card(digits: str) -> bool:
    """Whether an issuer has such numbers and the last digit is right (Luhn)."""
    return _has_issuer(digits) and luhn(digits) == 0


def _has_issuer(digits: str) -> bool:
    return digits.isdigit() and any(
        len(digits) in lengths and first <= int(digits[: len(str(first))]) <= last
        for first, last, lengths in _ISSUERS
    )


def luhn(digits: str) -> int:
    """The Luhn sum modulo 10: 0 for a valid number."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + position % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 -- the digits of 10 to 18
    return total % 10


def iban_length(country: str) -> int:
    """How long the account numbers of a country are, 0 when it has none."""
    return _IBAN_LENGTHS.get(country, 0)


def is_iban(text: str) -> bool:
    """Whether length and check digits (modulo 97) of an upper-case IBAN are right."""
    if len(text) != iban_length(text[:2]) or not (text.isascii() and text.isalnum()):
        return False
    if not text[2:4].isdigit():
        return False
    return int("".join(str(int(c, 36)) for c in text[4:] + text[:4])) % 97 == 1


def is_resident_id(text: str) -> bool:
    """Whether province, birth date and check character (modulo 11) are right."""
    if len(text) != _CN_LENGTH or not text[:17].isdigit() or text[:2] not in _CN_PROVINCES:
        return False
    year, month, day = int(text[6:10]), int(text[10:12]), int(text[12:14])
    if year not in _CN_YEARS or not _is_date(year, month, day):
        return False
    total = sum(int(c) * weight for c, weight in zip(text, _CN_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17]


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def mrz_check_digit(field: str) -> str:
    """The check digit of a field of a machine-readable zone (A-Z, 0-9, "<")."""
    return str(
        sum((0 if c == "<" else int(c, 36)) * _MRZ_WEIGHTS[i % 3] for i, c in enumerate(field)) % 10
    )
