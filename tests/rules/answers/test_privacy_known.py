"""What is known of a photo besides the answer decides too: its text, and a person before all."""

import json
from dataclasses import replace

from doubles.photos import tagging
from phototagd.domain.asset import AssetId
from phototagd.domain.privacy import Finding, Privacy, PrivacyCheck
from phototagd.domain.tagging import Redaction
from phototagd.rules.answers.privacy import VERDICT, redact

ANSWER = replace(
    tagging(AssetId(1), caption="Erika holds a paper at home.").answer,
    keywords=("paper", "erika", "table"),
    text=("Erika Mustermann",),
)
PAPERS = PrivacyCheck("fake 1", (Finding("id_document", "labels", 0.9, 1),))
SUSPECT = PrivacyCheck("fake 1", (Finding("bank_card", "checksum", 0.6, 2),))


def test_the_text_in_the_picture_is_a_witness_of_its_own() -> None:
    answer, raw, redactions = redact(ANSWER, "{}", language="en", privacy=Privacy(check=PAPERS))

    assert redactions == (Redaction("id_document", 1),)
    assert (answer.caption, answer.sensitive) == ("An identity document.", "id_document")
    assert (answer.keywords, answer.text) == (("paper", "table"), ())
    assert "rika" not in raw


def test_what_is_suspect_needs_the_model_to_see_it_too() -> None:
    privacy = Privacy(check=SUSPECT)
    card = replace(ANSWER, keywords=("bank card", "table"))

    assert redact(ANSWER, "{}", language="en", privacy=privacy) == (ANSWER, "{}", ())
    assert redact(card, "{}", language="en", privacy=privacy)[2] == (Redaction("bank_card", 2),)


def test_where_a_person_says_private_no_word_of_ours_stays() -> None:
    answer, raw, redactions = redact(ANSWER, "{}", language="en", privacy=Privacy(verdict=True))

    assert redactions == (Redaction(VERDICT, 1),)
    assert answer.caption == "A private photo."
    assert (answer.keywords, answer.objects, answer.mood, answer.text) == ((), (), (), ())
    assert json.loads(raw)["keywords"] == []
    again = redact(answer, raw, language="en", privacy=Privacy(verdict=True))
    assert again == (answer, raw, redactions)


def test_where_a_person_says_not_private_every_word_stays() -> None:
    card = replace(ANSWER, sensitive="id_document", text=("4111 1111 1111 1111",))
    privacy = Privacy(verdict=False, check=PAPERS)

    assert redact(card, "{}", language="en", privacy=privacy) == (card, "{}", ())
