"""The closed lists an answer chooses from: few, distinct, and the same in every language."""

CATEGORIES = (
    "animal",
    "architecture",
    "art",
    "beach",
    "bird",
    "city",
    "document",
    "event",
    "fashion",
    "flower",
    "food",
    "forest",
    "garden",
    "group",
    "insect",
    "interior",
    "landscape",
    "mountain",
    "night",
    "object",
    "other",
    "pet",
    "plant",
    "portrait",
    "product",
    "screenshot",
    "sea",
    "sky",
    "snow",
    "sport",
    "street",
    "underwater",
    "vehicle",
    "work",
)

MOODS = (
    "calm",
    "cheerful",
    "cozy",
    "dramatic",
    "energetic",
    "festive",
    "gloomy",
    "lonely",
    "majestic",
    "mysterious",
    "nostalgic",
    "playful",
    "romantic",
    "serious",
    "tender",
    "tense",
)

NOT_SENSITIVE = "none"

# Private by class, with what the model is told of it. Children are no class of their own: in
# a family's library that would hide most captions, and the model cannot tell private from not.
SENSITIVE = {
    NOT_SENSITIVE: "nothing private",
    "bank_account": "a bank statement or an account number",
    "bank_card": "a payment card",
    "credentials": "a password, key or access code",
    "id_document": "a passport, identity card, driving licence or visa",
    "medical": "a medical record, prescription or test result",
    "nudity": "naked people",
    "private_message": "a private letter, e-mail or chat",
}
