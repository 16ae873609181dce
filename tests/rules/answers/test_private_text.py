# ruff: noqa: RUF001 -- punctuation of other scripts is the point
"""What the text in a photo proves: numbers by themselves, chance only with a second witness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doubles import documents
from doubles.photos import tagging
from doubles.private_papers import cards, ibans, identity_cards, passports, resident_ids
from phototagd.domain.asset import AssetId
from phototagd.domain.privacy import Finding, PrivacyCheck, Suspicion
from phototagd.rules.answers.private_text import findings_in, proven, suspicion_of

ANSWER = tagging(AssetId(1)).answer


def check(*lines: str) -> PrivacyCheck:
    return PrivacyCheck("fake 1", findings_in(lines))


def found(*lines: str) -> tuple[set[str], Suspicion]:
    return {one.what for one in check(*lines).findings}, suspicion_of(check(*lines))


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (documents.CARD, "bank_card"),
        (documents.PAPERS, "id_document"),
        (documents.PASSPORT, "id_document"),
        (documents.INVOICE, "bank_account"),
        (documents.NOTE, "credentials"),
        (("中国工商银行", "6212 2612 3456 7894"), ""),
        (("姓名 王小明", "性别 男 民族 汉", "公民身份号码 11010519491231002X"), "id_document"),
        (("-----BEGIN OPENSSH PRIVATE KEY-----",), "credentials"),
        (("Password:", "hunter2#X"), "credentials"),
        (("WLAN-Passwort：Sommer2024",), "credentials"),
    ],
)
def test_documents_are_known(lines: tuple[str, ...], what: str) -> None:
    assert found(*lines) == (({what}, Suspicion.SENSITIVE) if what else (set(), Suspicion.CLEAR))


@pytest.mark.parametrize(
    "lines",
    [
        documents.MENU,
        documents.SIGN_IN,
        ("Username:", "Password:", "Login"),
        ("Password: ********",),
        ("EXIT", "ROUTE 66"),
        ("Passport control",),
        ("Date of issue 01.02.2024", "Expires 2025"),
        ("Order 1234-5678-9012-3456",),
        (),
    ],
)
def test_everyday_text_is_clear(lines: tuple[str, ...]) -> None:
    assert found(*lines) == (set(), Suspicion.CLEAR)


@given(cards())
def test_a_card_number_alone_is_suspect_and_with_what_stands_on_cards_sensitive(card: str) -> None:
    assert found(card) == ({"bank_card"}, Suspicion.SUSPECT)
    assert found(card, "VALID THRU 09/27") == ({"bank_card"}, Suspicion.SENSITIVE)


@given(st.one_of(ibans().map(lambda n: [n]), resident_ids().map(lambda n: [n]), passports(),
                 identity_cards()))  # fmt: skip
def test_what_proves_itself_is_sensitive_alone(lines: list[str]) -> None:
    assert suspicion_of(check(*lines)) is Suspicion.SENSITIVE


@given(st.one_of(cards(), ibans(), resident_ids()))
def test_nothing_of_what_was_read_is_in_a_finding(number: str) -> None:
    assert number[-6:] not in repr(check(number, f"Password: {number}x"))


@given(st.lists(st.text()))
def test_any_text_can_be_read(lines: list[str]) -> None:
    assert all(0.5 <= one.score <= 1 and one.count >= 1 for one in findings_in(lines))


@pytest.mark.parametrize(
    ("caption", "counts"),
    [("A credit card on a table.", {"bank_card": 1}), ("A runner with a number.", {})],
)
def test_what_is_suspect_is_proven_by_the_model(caption: str, counts: dict[str, int]) -> None:
    answer = tagging(AssetId(1), caption=caption).answer

    assert proven(check("4111111111111111"), answer) == counts


def test_what_is_sensitive_needs_no_model() -> None:
    assert proven(check(*documents.CARD), ANSWER) == {"bank_card": 1}
    assert proven(None, ANSWER) == {}


@pytest.mark.parametrize(
    ("score", "suspicion"),
    [(0.49, Suspicion.CLEAR), (0.5, Suspicion.SUSPECT), (0.8, Suspicion.SENSITIVE)],
)
def test_the_two_thresholds(score: float, suspicion: Suspicion) -> None:
    findings = (Finding("id_document", "labels", score, 1), Finding("x", "labels", 0.1, 1))
    assert suspicion_of(PrivacyCheck("", findings)) is suspicion
