# ruff: noqa: SIM905 -- word lists read best as text
"""What is the singular of an English noun?

Rules by ending, with the words that break them. Unknown words are rather left alone than
mangled: a plural keyword is found anyway, "glas" and "serie" are not words.
"""

_UNCHANGED = frozenset(
    """
    alas alps andes arkansas asbestos athens atlas bahamas barbados barracks binoculars brussels
    canvas chaos christmas clothes cosmos crossroads dallas earphones eyeglasses glasses goggles
    goods hercules himalayas honduras headphones headquarters jeans kansas kudos lagos laos lens
    leggings madras mars means mercedes molasses naples netherlands news overalls pajamas pampas
    pancreas pants pathos people philippines pliers pyjamas remains rhinoceros scissors series
    shorts species stairs sunglasses texas thanks thermos thomas tights tongs trousers tweezers
    vegas wales
    """.split()
)
_IRREGULAR = dict(
    pair.split(":")
    for pair in """
    axes:axe businessmen:businessman buses:bus busses:bus cacti:cactus calves:calf
    cameramen:cameraman children:child craftsmen:craftsman elves:elf feet:foot firemen:fireman
    fishermen:fisherman fungi:fungus gases:gas geese:goose gentlemen:gentleman
    grandchildren:grandchild halves:half hooves:hoof horsemen:horseman knives:knife
    leaves:leaf lenses:lens lice:louse lives:life loaves:loaf men:man mice:mouse oases:oasis
    oxen:ox policemen:policeman quizzes:quiz salesmen:salesman scarves:scarf
    sheaves:sheaf shelves:shelf snowmen:snowman sportsmen:sportsman teeth:tooth thieves:thief
    wives:wife wolves:wolf women:woman workmen:workman
    """.split()
)
_ENDS_IN_IE = frozenset(
    """
    birdies brownies calories collies cookies eyries genies goalies groupies hippies hoodies magpies
    movies prairies pixies rookies selfies smoothies veggies zombies
    """.split()
)
_ENDS_IN_OE = frozenset("canoes floes hoes horseshoes oboes shoes snowshoes toes tiptoes".split())
_ENDS_IN_CHE = frozenset(
    "aches avalanches brioches caches headaches moustaches mustaches niches quiches".split()
)
_ENDS_IN_USE = frozenset("fuses muses ruses excuses recluses".split())
_ENDS_IN_I = frozenset(
    """
    alibis bikinis bonsais corgis dashikis emojis jacuzzis kiwis martinis okapis rabbis raviolis
    safaris saris skis taxis tsunamis yetis yogis zucchinis
    """.split()
)
_SHORTEST_PLURAL = 4


def singular(word: str) -> str:
    """The singular of a lower-case English word; the word itself when it has none.

    Applying it twice changes nothing.
    """
    while (shorter := _one_step(word)) != word:
        word = shorter
    return word


def _one_step(word: str) -> str:  # noqa: PLR0911 -- one return per ending is the clearest table
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < _SHORTEST_PLURAL or not word.isalpha() or word in _UNCHANGED:
        return word
    if not word.endswith("s") or word.endswith(("ss", "us", "ics")):
        return word
    if word.endswith("is") and word not in _ENDS_IN_I:
        return word
    if word.endswith("ies") and len(word) > _SHORTEST_PLURAL and word not in _ENDS_IN_IE:
        return word[:-3] + "y"
    if word.endswith("oes") and word not in _ENDS_IN_OE:
        return word[:-2]
    if word.endswith(("ches", "shes", "xes", "sses", "tzes")) and word not in _ENDS_IN_CHE:
        return word[:-2]
    if word.endswith("uses") and word[-5:-4] not in {"o", "a"} and word not in _ENDS_IN_USE:
        return word[:-2]
    return word[:-1]
