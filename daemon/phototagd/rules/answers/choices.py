"""The classes of private photos: few, distinct, and the same in every language and profile."""

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
