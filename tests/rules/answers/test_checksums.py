"""The arithmetic agrees with published examples, and one wrong digit is always noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles.private_papers import cards, ibans, resident_ids
from phototagd.rules.answers.checksums import is_card, is_iban, is_resident_id, mrz_check_digit

DIGITS = "0123456789"


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3566002020360505",
        "30569309025904",
        "6240008631401148",
    ],
)
def test_test_numbers_of_the_issuers_are_cards(number: str) -> None:
    assert is_card(number)


@pytest.mark.parametrize(
    "text", ["DE89370400440532013000", "GB82WEST12345698765432", "NO9386011117947"]
)
def test_examples_of_the_registry_are_ibans(text: str) -> None:
    assert is_iban(text)


def test_the_example_of_the_standard_is_a_resident_id() -> None:
    assert is_resident_id("11010519491231002X")
    assert not is_resident_id("110105194912310021")
    assert not is_resident_id("11010519490231002X")


def test_check_digits_of_the_icao_specimen() -> None:
    assert mrz_check_digit("L898902C3") == "6"
    assert mrz_check_digit("740812") == "2"
    assert mrz_check_digit("120415") == "9"


@given(cards(), st.data())
def test_a_card_with_one_wrong_digit_is_none(card: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(card) - 1))
    wrong = data.draw(st.sampled_from(DIGITS.replace(card[position], "")))

    assert is_card(card)
    assert not is_card(card[:position] + wrong + card[position + 1 :])


@given(ibans(), st.data())
def test_an_iban_with_one_wrong_digit_is_none(iban: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(2, len(iban) - 1))
    wrong = data.draw(st.sampled_from(DIGITS.replace(iban[position], "")))

    assert is_iban(iban)
    assert not is_iban(iban[:position] + wrong + iban[position + 1 :])


@given(resident_ids(), st.data())
def test_a_resident_id_with_one_wrong_digit_is_none(number: str, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, 16))
    wrong = data.draw(st.sampled_from(DIGITS.replace(number[position], "")))

    assert is_resident_id(number)
    assert not is_resident_id(number[:position] + wrong + number[position + 1 :])
