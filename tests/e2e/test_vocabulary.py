"""A word's whole life: said by the model, named by a person, renamed, taken back."""

from doubles.garden import EVERYTHING
from doubles.pictures import make_jpeg
from e2e.processes import ModelServer, PhotoDaemon, until
from e2e.sidecars import edit, keywords, needs_exiftool, sidecar_of
from phototagd.domain.vocabulary import Order, Verb


@needs_exiftool
def test_sidecars_follow_the_vocabulary_and_the_model_is_asked_nothing(
    daemon: PhotoDaemon, model_server: ModelServer
) -> None:
    daemon.start()
    photos = [daemon.photos / f"{name}.jpg" for name in "abc"]
    for seed, photo in enumerate(photos):
        make_jpeg(photo, seed=seed)
    until(lambda: daemon.status()["done"] == len(photos), "sidecars")
    with daemon.control() as control:
        word = control.vocabulary.entries(EVERYTHING)[0].word
    named = f"Zuhause|{word.title()}"
    said = [photo for photo in photos if word in keywords(sidecar_of(photo))[0]]
    assert said

    def all_say(path: str) -> bool:
        """Quick to ask often; what other programs read is looked at once it is there."""
        return all(f">{path}<" in sidecar_of(photo).read_text("utf-8") for photo in said)

    def any_says(path: str) -> bool:
        return any(f">{path}<" in sidecar_of(photo).read_text("utf-8") for photo in said)

    mine = daemon.photos / "mine.jpg"
    edit(
        sidecar_of(mine), f"-XMP-lr:HierarchicalSubject={named}", f"-XMP-dc:Subject={word.title()}"
    )
    make_jpeg(mine, seed=9)
    until(lambda: all_say(named), "the person's spelling and place")
    flat, nested, slashed = keywords(sidecar_of(said[0]))
    assert word.title() in flat
    assert word not in flat
    assert named in nested
    assert named.replace("|", "/") in slashed
    until(lambda: daemon.status()["done"] == len(photos) + 1, "the person's own photo")
    asked = len(model_server.order()["seen"])

    rename = Order(verb=Verb.RENAME, words=(word,), target="Daheim")
    with daemon.control() as control:
        assert control.vocabulary.tend(rename, is_dry=True, sight=EVERYTHING).photos >= len(said)
        control.vocabulary.tend(rename, is_dry=False, sight=EVERYTHING)
    until(lambda: all_say("Zuhause|Daheim"), "the new name")
    assert word.title() in keywords(sidecar_of(mine))[0]  # a person's keyword is the person's

    with daemon.control() as control:
        control.vocabulary.undo(is_dry=False, sight=EVERYTHING)
    until(lambda: all_say(named), "the old name")
    file = daemon.state / "vocabulary.txt"
    until(lambda: f"\t{word.title()}\n" in file.read_text("utf-8"), "the file")
    file.write_text(file.read_text("utf-8").replace(f"\t{word.title()}\n", f"\t!{word.title()}\n"))
    until(lambda: not any_says(named), "the word that was blocked in the file is gone")
    assert len(model_server.order()["seen"]) == asked
