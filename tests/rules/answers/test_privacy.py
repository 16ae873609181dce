# ruff: noqa: RUF001 -- digits and dashes of other scripts are the point
"""Nothing private passes: proven numbers in every spacing, and what the model calls private."""

import json
import re
from dataclasses import asdict, replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from doubles.private_papers import (
    cards,
    digits,
    ibans,
    identity_cards,
    passports,
    resident_ids,
)
from phototagd.domain.tagging import Answer, Redaction
from phototagd.rules.answers.choices import NOT_SENSITIVE, SENSITIVE
from phototagd.rules.answers.privacy import redact
from phototagd.rules.answers.private_numbers import private_numbers

PLAIN = Answer(
    caption="A wallet lies on a wooden table.",
    category="object",
    keywords=("wallet", "table", "wood"),
    mood=("calm",),
    objects=("wallet",),
    people=0,
    sensitive="none",
    text=("OPEN",),
)
SPACES = st.sampled_from([" ", "  ", "-", " - ", "\u00a0", "\u2009", "–", "_"])
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@st.composite
def spaced(draw: st.DrawFn, number: str) -> str:
    """A number cut into groups of any size, in one line."""
    cuts = sorted(draw(st.sets(st.integers(1, len(number) - 1), max_size=8)))
    gap = draw(SPACES)
    edges = zip([0, *cuts], [*cuts, len(number)], strict=True)
    text = gap.join(number[a:b] for a, b in edges)
    return text.translate(draw(st.sampled_from([{}, FULL_WIDTH, ARABIC])))


@st.composite
def answers_with(draw: st.DrawFn, text: str, *, expiry: str = "") -> Answer:
    """An answer that says the text somewhere."""
    before, after = (
        draw(st.sampled_from(["", "VISA ", "No: ", "卡号"])),
        draw(st.sampled_from(["", expiry, " VALID", "。"])),
    )
    match draw(st.sampled_from(["caption", "keywords", "objects", "text"])):
        case "caption":
            return replace(PLAIN, caption=f"A card with {before}{text}{after} on a table.")
        case "keywords":
            return replace(PLAIN, keywords=("wallet", text))
        case "objects":
            return replace(PLAIN, objects=(text, "wallet"))
        case _:
            return replace(PLAIN, text=("OPEN", f"{before}{text}{after}", "BANK"))


def raw_of(answer: Answer) -> str:
    return json.dumps(asdict(answer))  # with \u escapes, as some servers send it


def assert_gone(secret: str, answer: Answer, raw: str) -> None:
    """No six characters of the secret in a row are left, however they are spaced."""
    folded = re.sub(r"[^0-9A-Z<]", "", (str(asdict(answer)) + raw).upper())
    fragments = {secret[i : i + 6] for i in range(len(secret) - 5)}

    assert not [f for f in fragments if f in folded and any(c.isdigit() for c in f)]
    assert not any(c.isdigit() for c in answer.caption + "".join(answer.keywords + answer.objects))
    assert answer.text == ()


NUMBERS = st.one_of(
    cards().map(lambda n: ("bank_card", n)),
    ibans().map(lambda n: ("bank_account", n)),
    resident_ids().map(lambda n: ("id_document", n)),
)


@given(NUMBERS, st.data())
def test_a_valid_number_in_any_spacing_anywhere_is_gone(
    secret: tuple[str, str], data: st.DataObject
) -> None:
    what, number = secret
    original = data.draw(answers_with(data.draw(spaced(number)), expiry=" 09/27"))

    answer, raw, redactions = redact(original, raw_of(original), language="en")

    assert what in {r.what for r in redactions}
    assert answer.sensitive in {r.what for r in redactions}
    assert_gone(number, answer, raw)


@given(NUMBERS)
def test_a_number_that_is_only_in_the_raw_reply_is_found(secret: tuple[str, str]) -> None:
    what, number = secret
    raw = f"<think>It reads {number}.</think>" + raw_of(PLAIN)

    answer, redacted, redactions = redact(PLAIN, raw, language="en")

    assert what in {r.what for r in redactions}
    assert number not in redacted
    assert json.loads(redacted) == json.loads(raw_of(answer))


@given(cards().filter(lambda c: len(c) == 16), st.sampled_from([(4, 8, 12), (8,), (6,), (4, 12)]))
def test_a_card_over_several_lines_is_gone(card: str, cuts: tuple[int, ...]) -> None:
    edges = zip((0, *cuts), (*cuts, 16), strict=True)
    original = replace(PLAIN, text=("BANK", *(card[a:b] for a, b in edges), "09/27"))

    answer, raw, redactions = redact(original, raw_of(original), language="en")

    assert "bank_card" in {r.what for r in redactions}
    assert_gone(card, answer, raw)


@given(st.one_of(passports(), identity_cards()), st.data())
def test_a_machine_readable_zone_is_gone_however_it_is_read(
    zone: list[str], data: st.DataObject
) -> None:
    lines = list(zone)
    match data.draw(st.sampled_from(["exact", "spaced", "fillers", "joined", "zeros", "lower"])):
        case "spaced":
            lines = [re.sub(r"(.{5})", r"\1 ", line) for line in lines]
        case "fillers":
            lines = [line.replace("<", "«") for line in lines]
        case "joined":
            lines = ["".join(lines)]
        case "zeros":
            lines = [re.sub(r"(?<=\d)0(?=\d)", "O", line) for line in lines]
        case "lower":
            lines = [line.lower() for line in lines]
    original = replace(PLAIN, text=("PASSPORT", *lines))

    answer, raw, redactions = redact(original, raw_of(original), language="en")

    assert redactions[-1].what == "id_document"
    assert answer.caption == "An identity document."
    for line in zone:
        assert_gone(line, answer, raw)


def broken(number: str) -> str:
    """The same with one wrong digit, still without a valid shorter number inside."""
    i = next(i for i in range(8, len(number)) if number[i].isdigit())
    return number[:i] + str((int(number[i]) + 1) % 10) + number[i + 1 :]


@given(NUMBERS, st.data())
def test_a_number_with_a_wrong_digit_is_left_alone(
    secret: tuple[str, str], data: st.DataObject
) -> None:
    text = broken(secret[1])
    assume(not private_numbers([text]))  # an IBAN's digits are a card's by chance, one in fifty
    original = data.draw(answers_with(text))
    raw = raw_of(original)

    assert redact(original, raw, language="en") == (original, raw, ())


@given(digits(16), st.sampled_from(["+49 170 1234567", "030 / 123 45 67", "1-800-555-0199"]))
def test_of_random_numbers_few_look_like_a_card(number: str, phone: str) -> None:
    assert not private_numbers([phone])
    assert len(private_numbers([number])) <= 1


EVERYDAY = [
    ("phone", ["+49 (0)170 1234567", "+86 138 0013 8000", "555-0199"]),
    ("order", ["Order 1234-5678-9012-3456", "No. 4000000000000000"]),
    ("barcode", ["4 006381 333931", "9 783161 484100"]),
    ("receipt", ["2 x 1.20 2.40", "3.49", "12.99", "4.50", "5.10", "19.99", "TOTAL 48.47"]),
    ("calendar", [" ".join(map(str, range(a, min(a + 7, 32)))) for a in range(1, 32, 7)]),
    ("calendar cells", [str(n) for n in range(1, 32)]),
    ("sudoku", ["5 3 4 6 7 8 9 1 2", "6 7 2 1 9 5 3 4 8", "1 9 8 3 4 2 5 6 7"]),
    ("keypad", ["1 2 3", "4 5 6", "7 8 9", "* 0 #"]),
    ("date", ["2024-05-01 12:00:00", "01.05.2024", "20240501120000"]),
    ("plate", ["M-AB 1234", "京A·12345"]),
    ("sign", ["AUSGANG <<<", "EXIT <<<<<<<<", "ROUTE 66"]),
    ("race", ["4111", "1111", "1111", "1111", "2045", "3312", "87", "1204"]),
    ("word before a number", ["VISA 36396050311424 VALID"]),
    ("parcel", ["1Z999AA10123456784", "00340434161094042557"]),
]


@pytest.mark.parametrize(("what", "lines"), EVERYDAY, ids=[e[0] for e in EVERYDAY])
def test_everyday_numbers_survive(what: str, lines: list[str]) -> None:
    original = replace(PLAIN, text=tuple(lines))
    raw = raw_of(original)

    assert redact(original, raw, language="en") == (original, raw, ())


@pytest.mark.parametrize("sensitive", [s for s in SENSITIVE if s != NOT_SENSITIVE])
@pytest.mark.parametrize("language", ["en", "zh-CN", "de"])
def test_what_the_model_calls_private_gets_a_generic_caption(sensitive: str, language: str) -> None:
    original = replace(PLAIN, sensitive=sensitive, caption="A letter to Erika Mustermann.")

    answer, raw, redactions = redact(original, raw_of(original), language=language)

    assert redactions == (Redaction(sensitive, 1),)
    assert answer.sensitive == sensitive
    assert "Erika" not in answer.caption + raw
    assert answer.caption.isascii() is (language != "zh-CN")


def test_names_of_the_owner_leave_the_keywords_too() -> None:
    original = replace(
        PLAIN,
        sensitive="id_document",
        caption="A passport of Jane Doe on a table.",
        keywords=("passport", "erika mustermann", "jane doe", "table", "born 1964"),
        text=("PASSPORT", "Mustermann, Erika"),
    )

    answer, _, _ = redact(original, "", language="en")

    assert answer.keywords == ("passport", "table")


def test_a_private_photo_of_people_keeps_the_words_on_the_wall() -> None:
    original = replace(PLAIN, sensitive="nudity", text=("SAUNA",))

    answer, _, _ = redact(original, "", language="en")

    assert (answer.text, answer.keywords) == (("SAUNA",), PLAIN.keywords)


@given(NUMBERS, st.data())
def test_redacting_twice_changes_nothing(secret: tuple[str, str], data: st.DataObject) -> None:
    original = data.draw(answers_with(secret[1]))
    answer, raw, _ = redact(original, raw_of(original), language="en")

    assert redact(answer, raw, language="en")[:2] == (answer, raw)


@given(st.text(), st.text())
def test_any_text_can_be_searched(caption: str, raw: str) -> None:
    redact(replace(PLAIN, caption=caption), raw, language="en")
