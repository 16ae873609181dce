"""What stands in the vocabulary's own file, and did a person change it?

The file says what its lines were when it was written: whatever is otherwise now, a person wrote.
"""

from hashlib import blake2b

from phototagd.rules.vocabulary.keyword_lists import ListedWord, read_list, write_list
from phototagd.rules.vocabulary.lexicon import Lexicon

_HEADER = """\
# The vocabulary of phototagd, written at every change.
# Lines that you add or change here are taken over; comments are not kept. Lines that you take
# away come back: write ! before a word to have it never written.
"""
_MARK = "# as written: "


def kept_text(lexicon: Lexicon) -> str:
    """The whole vocabulary as its file has it."""
    lines = write_list(lexicon)
    return f"{_HEADER}{_MARK}{_digest(lines)}\n{lines}"


def edited_words(text: str, lexicon: Lexicon) -> list[ListedWord]:
    """What a person wrote into the file that the vocabulary does not say."""
    head, mark, rest = text.partition(_MARK)
    digest, _, lines = rest.partition("\n")
    if mark and head == _HEADER and digest == _digest(lines):
        return []
    known = set(read_list(write_list(lexicon)))
    return [word for word in read_list(text) if word not in known]


def _digest(lines: str) -> str:
    return blake2b(lines.encode(), digest_size=8).hexdigest()
