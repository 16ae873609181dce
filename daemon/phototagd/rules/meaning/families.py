"""What must stand before a text so that an embedding model understands what it is for?

No server adds these prefixes. They are from the cards of the models; a change here makes
vectors that cannot be compared with older ones, so it comes with a new `PREFIXES` number.
"""

from dataclasses import dataclass

PREFIXES = 1
"""The version of this table; a part of the name of a space."""

_TASK = "Given a search for photos, retrieve descriptions of photos that match it"


@dataclass(frozen=True, slots=True)
class Family:
    """How texts of one family of models are framed; `{}` is the text."""

    document: str = "{}"
    query: str = "{}"


_FAMILIES = (
    ("embeddinggemma", Family("title: none | text: {}", "task: search result | query: {}")),
    ("qwen3-embedding", Family(query=f"Instruct: {_TASK}\nQuery:{{}}")),
    ("nomic-embed", Family("search_document: {}", "search_query: {}")),
    ("arctic-embed2", Family(query="query: {}")),
    ("arctic-embed-l-v2", Family(query="query: {}")),
    ("arctic-embed-m-v2", Family(query="query: {}")),
    (
        "arctic-embed",
        Family(query="Represent this sentence for searching relevant passages: {}"),
    ),
    ("multilingual-e5", Family("passage: {}", "query: {}")),
    (
        "mxbai-embed",
        Family(query="Represent this sentence for searching relevant passages: {}"),
    ),
    ("bge-m3", Family()),
    (
        "bge-",
        Family(query="Represent this sentence for searching relevant passages: {}"),
    ),
)


def family_of(model: str) -> Family:
    """The family of a model by its name; texts of unknown ones are sent as they are."""
    name = model.lower().replace("_", "-")
    compact = name.replace("embedding-gemma", "embeddinggemma")
    return next((family for part, family in _FAMILIES if part in compact), Family())


def space_of(model: str, dimensions: int) -> str:
    """The name of the space that a model's vectors lie in; 0 dimensions means all it has."""
    return f"{model} {dimensions or 'all'} {PREFIXES}"
