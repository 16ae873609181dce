# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Search on a real database: what is found, what is not, and that nothing typed breaks it."""

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from doubles import FakeClock
from doubles.photos import FOLDER_STAMP, arrival, sidecar
from doubles.shelf import NOW, Shelf
from phototagd.adapters.sqlite.database.connecting import connect_writer
from phototagd.adapters.sqlite.database.migrating import backup_path, migrate, shipped_migrations
from phototagd.adapters.sqlite.store import Store
from phototagd.domain.asset import Place
from phototagd.domain.job import JobKind, Priority
from phototagd.domain.search import HitOrder, Query, Term
from phototagd.rules.text.synonyms import spelled


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    clock = FakeClock()
    with Store.open(tmp_path / "phototagd.db", clock=clock) as store:
        yield Shelf(store, clock)


def test_words_are_found_as_soon_as_the_model_has_said_them(shelf: Shelf) -> None:
    shelf.put("a", "puppy", caption="A young dog on the sand", is_written=False)

    assert shelf.names("puppies") == ["a"]
    assert shelf.names("SAND") == ["a"]


def test_a_keyword_counts_more_than_a_caption_that_more_than_text_and_that_more_than_a_path(
    shelf: Shelf,
) -> None:
    shelf.put("path", "x", folder=b"2026/harvest")
    shelf.put("text", "x", text=("harvest",))
    shelf.put("caption", "x", caption="the harvest begins")
    shelf.put("keyword", "harvest")

    assert shelf.names("harvest") == ["keyword", "caption", "text", "path"]


def test_a_complete_keyword_comes_before_a_word_that_holds_it(shelf: Shelf) -> None:
    shelf.put("road", "马路")
    shelf.put("horse", "马")

    assert shelf.names("马") == ["horse", "road"]
    assert shelf.names("horse") == ["horse"], "a synonym of one character is no part of a word"


@pytest.mark.parametrize(
    ("query", "keyword"),
    [
        ("dog", "狗狗"),
        ("小狗", "puppies"),
        ("seaside", "沙滩"),
        ("海边", "beach"),
        ("下雪", "snow"),
    ],
)
def test_synonyms_work_in_both_languages(shelf: Shelf, query: str, keyword: str) -> None:
    shelf.put("a", keyword)
    shelf.put("b", "teapot", "茶壶")

    assert shelf.names(query) == ["a"]


def test_traditional_and_simplified_find_each_other(shelf: Shelf) -> None:
    shelf.put("a", "臺灣", "日落")
    shelf.put("b", "龙舟")

    assert shelf.names("台湾") == ["a"]
    assert shelf.names("龍舟") == ["b"]


def test_a_persons_keywords_and_caption_in_the_sidecar_are_found(shelf: Shelf) -> None:
    shelf.put(
        "a",
        "cat",
        words={"caption": "Tante Emma", "keywords": ["Family|Emma", "cat"], "rejected": []},
    )

    assert shelf.names("emma") == ["a"]
    assert shelf.names("family") == ["a"]
    assert shelf.names('"tante emma"') == ["a"]


def test_a_keyword_that_a_person_took_out_is_not_found_any_more(shelf: Shelf) -> None:
    words = {"caption": "", "keywords": ["pet"], "rejected": ["wolf"]}
    shelf.put("a", "wolf", "pet", objects=("wolf",), words=words)

    assert shelf.names("wolf") == []
    assert shelf.names("pet") == ["a"]


def test_private_photos_are_found_only_by_who_asks_for_them(shelf: Shelf) -> None:
    shelf.put("passport", "document", is_private=True)
    shelf.put("menu", "document")

    assert shelf.names("document") == ["menu"]
    assert shelf.names("") == ["menu"]
    assert shelf.names("-beach") == ["menu"]
    assert shelf.names("document is:private") == ["passport"]


def test_a_photo_that_becomes_private_later_is_hidden_at_once(shelf: Shelf) -> None:
    asset = shelf.put("a", "document")
    shelf.store._database.write(
        lambda c: c.execute("UPDATE asset SET visibility = 'private' WHERE id = ?", (asset,))
    )

    assert shelf.names("document") == []


def test_a_photo_that_is_gone_is_not_found_and_one_that_is_back_is(shelf: Shelf) -> None:
    shelf.put("a", "dog")
    shelf.bench.miss(shelf.paths["a"], times=2)

    assert shelf.find("dog").total == 0
    assert rows(shelf, "SELECT count(*) FROM search_text") == [(0,)]

    shelf.bench.catalogue.take_in([arrival(b"a.jpg", "a")])
    assert shelf.names("dog") == ["a"]


def test_a_folder_that_opts_out_is_not_found(shelf: Shelf) -> None:
    shelf.put("a", "dog")
    shelf.bench.catalogue.opt_out(shelf.bench.library, b"2026")

    assert shelf.find("dog").total == 0


def test_a_renamed_photo_is_found_by_its_new_name(shelf: Shelf) -> None:
    shelf.put("a", "dog")
    shelf.bench.catalogue.take_in([arrival(b"Emma im Garten.jpg", "a")])
    shelf.bench.miss(shelf.paths["a"], times=2)

    assert shelf.names("garten") == ["Emma im Garten"]


def test_conditions_filter_before_anything_is_ranked(shelf: Shelf) -> None:
    stockholm = Place("Stockholm", "", "Sweden", "SE")
    shelf.put("a", "dog", taken="2025-07-01T10:00", people=2, place=stockholm, text=("Hej",))
    shelf.put("b", "dog", taken="2024-07-01T23:30", people=0, camera=("FUJIFILM", "X100V"))
    shelf.put("c", "dog", "red", category="pet")

    assert shelf.names("dog 2025") == ["a"]
    assert shelf.names("dogs in stockholm") == ["a"]
    assert shelf.names("dog two people") == ["a"]
    assert shelf.names("dog without people") == ["b"]
    assert shelf.names("dog has:text") == ["a"]
    assert shelf.names("dog camera:x100") == ["b"]
    assert shelf.names("dog at night") == ["b"]
    assert set(shelf.names("dog not at night")) == {"a", "c"}
    assert shelf.names("dog class:pet") == ["c"]
    assert set(shelf.names("dog -red")) == {"a", "b"}
    assert set(shelf.names("dog type:jpg folder:2026")) == {"a", "b", "c"}
    assert shelf.names("dog in july", order=HitOrder.DATE) == ["a", "b"]
    assert shelf.find("dog 2025").undated == 1


def test_the_issues_two_sentences_find_the_right_photo_first(shelf: Shelf) -> None:
    day, night = "2025-07-10T15:00", "2025-07-11T23:00"
    shelf.put("right", "狗", "沙滩", caption="一只狗在海边奔跑", taken=day)
    shelf.put("at night", "狗", "海边", "夜景", taken=night)
    shelf.put("other year", "狗", "海边", taken="2024-07-10T15:00")
    shelf.put("empty", "海边", taken=day)
    shelf.put("this summer", "dog", "beach", taken="2026-07-10T15:00")
    shelf.put("this summer at night", "dog", "beach", taken="2026-07-10T23:00")

    assert set(shelf.names("去年夏天在海边拍的狗狗照片")) == {"right", "at night"}
    assert shelf.names("去年夏天在海边拍的狗狗照片，不要晚上的") == ["right"]
    assert shelf.names("my dog at the beach last summer, not at night") == ["this summer"]
    [hit] = shelf.find("my dog at the beach last summer, not at night").hits
    assert [(r.wanted, r.where, r.found) for r in hit.reasons] == [
        ("dog", "keyword", "dog"),
        ("beach", "keyword", "beach"),
        ("last summer", "taken", "2026-07-10 15:00"),
        ("not at night", "not", "at night"),
    ]


def test_photos_with_some_words_are_shown_when_none_has_all(shelf: Shelf) -> None:
    shelf.put("a", "zebra")
    shelf.put("b", "teapot")

    found = shelf.find("zebra submarine")

    assert found.is_loose
    assert [hit.path for hit in found.hits] == [b"/photos/2026/may/a.jpg"]


def test_what_no_model_has_seen_yet_is_counted(shelf: Shelf) -> None:
    shelf.put("a", "dog")
    shelf.bench.catalogue.take_in([arrival(b"new.jpg", "new")])

    assert shelf.find("dog").not_indexed == 1
    assert shelf.names("new") == ["new"], "by its name it is found all the same"


def rows(shelf: Shelf, sql: str) -> list[tuple[object, ...]]:
    found = shelf.store._database.read(lambda c: c.execute(sql).fetchall())
    return [tuple(row) for row in found]


CHARS = "狗猫海边山水城市夜景日落公园孩子花树红蓝大小新老街桥船车雨雪人家"


def test_every_chinese_word_of_every_length_is_found_and_nothing_else(shelf: Shelf) -> None:
    """Recall and precision are 1.00 against substring truth, at every length and place."""
    draw = random.Random(3)
    captions = {
        shelf.put(
            f"p{number}",
            caption="，".join("".join(draw.choices(CHARS, k=draw.randint(1, 9))) for _ in range(2)),
            is_written=False,
        ): ""
        for number in range(150)
    }
    for photo in shelf.store.search.facts(list(captions)):
        captions[photo.asset] = photo.captions[0]
    for size in range(1, 7):
        for caption in draw.sample(sorted(captions.values()), 40):
            part = draw.choice([part for part in caption.split("，") if len(part) >= 1])
            at = draw.randint(0, max(0, len(part) - size))
            word = part[at : at + size]
            query = Query(word, terms=(Term((word,)),))
            page = shelf.store.search.with_all_words(query, HitOrder.RELEVANCE, 1000)
            found = set(page.ranked.assets)
            assert found == {asset for asset, text in captions.items() if word in text}, word


@given(st.text(max_size=60) | st.text(alphabet="\"'*()-:^+{}NEAR ANDORT狗a\0\ud800", max_size=30))
@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_nothing_that_is_typed_breaks_the_search(shelf: Shelf, text: str) -> None:
    found = shelf.find(text)

    for chip in found.query.chips:
        assert chip.text == found.query.text[chip.start : chip.end]
    shelf.store.search.with_all_words(Query(text, (spelled(text),)), HitOrder.RELEVANCE, 9)


def test_a_database_from_before_is_indexed_in_chunks_and_nothing_is_lost(tmp_path: Path) -> None:
    file, clock = tmp_path / "phototagd.db", FakeClock()
    with Store.open(file, clock=clock) as store:
        shelf = Shelf(store, clock)
        for number in range(5):
            shelf.put(f"p{number}", "dog", taken=f"2025-07-0{number + 1}T10:00")
    undo_search(file)

    with Store.open(file, clock=clock) as store:
        assert backup_path(file, 2).exists()
        assert [store.search.catch_up(2) for _ in range(4)] == [2, 2, 1, 0]
        clock.set_wall(NOW)
        found = Shelf(store, clock).find("狗 2025")
        assert found.total == 5


def undo_search(file: Path) -> None:
    """Make the database one of schema 2, as the version before left it."""
    old = connect_writer(file.with_name("old.db"))
    migrate(old, file.with_name("old.db"), shipped_migrations()[:2])
    kept = {(row["type"], row["name"]) for row in _things(old)}
    connection = connect_writer(file)
    connection.execute("PRAGMA foreign_keys = OFF")
    # Triggers and views before the tables they are about, FTS5 before its shadows.
    order = ("trigger", "view", "index", "table")
    for row in sorted(_things(connection), key=lambda row: order.index(row["type"])):
        if (row["type"], row["name"]) not in kept:
            connection.execute(f"DROP {row['type']} IF EXISTS {row['name']}")
    for kind, table in sorted(kept):
        if kind == "table":
            before = {row["name"] for row in old.execute(f"PRAGMA table_info({table})")}
            for row in connection.execute(f"PRAGMA table_info({table})").fetchall():
                if row["name"] not in before:
                    connection.execute(f"ALTER TABLE {table} DROP COLUMN {row['name']}")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    old.close()


def _things(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    return connection.execute(
        """SELECT type, name FROM sqlite_master
           WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_text_%'"""
    ).fetchall()


def test_the_migration_from_schema_1_keeps_what_is_there(tmp_path: Path) -> None:
    file = tmp_path / "phototagd.db"
    connection = connect_writer(file)
    migrate(connection, file, shipped_migrations()[:1])
    connection.execute("INSERT INTO asset(id, kind, created_at) VALUES(7, 'jpeg', 1)")
    migrate(connection, file, shipped_migrations())

    assert [tuple(r) for r in connection.execute("SELECT * FROM search_stale")] == [(7,)]
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO search_fact(field, value, asset_id) VALUES('a', 'b', 9)")
    connection.close()


def test_listings_do_not_wait_for_the_index(shelf: Shelf) -> None:
    """A scan of a library that is still to be indexed costs what it did before."""
    asset = shelf.put("a", "dog")
    shelf.store._database.write(
        lambda c: c.execute("INSERT INTO search_stale(asset_id) VALUES(?)", (asset,))
    )
    shelf.bench.catalogue.record_listing(
        shelf.bench.library, b"2026/may", FOLDER_STAMP, NOW + timedelta(minutes=1)
    )

    assert rows(shelf, "SELECT asset_id FROM search_stale") == [(asset,)]


def test_an_undone_photo_is_found_by_what_stands_in_the_sidecar_alone(shelf: Shelf) -> None:
    """The model's answer is kept, but a person took its words out."""
    shelf.put("boat", "sail", caption="A sail at sea", mood=("calm",), objects=("mast",))
    path = shelf.paths["boat"]
    shelf.store.ledger.withhold([path])
    words: dict[str, object] = {"caption": "", "keywords": ["Anna"]}
    undone = replace(sidecar(path, words=words), orders=shelf.store.ledger.orders(path))
    lease = shelf.bench.claimed(JobKind.WRITE, Priority.PERSON)
    assert shelf.bench.catalogue.record_sidecar(lease, undone, shelf.bench.clock.now())

    for word in ("sail", "sea", "mast", "calm"):
        assert shelf.names(word) == [], word
    assert shelf.names("Anna") == ["boat"]
    assert shelf.find("Anna").not_indexed == 0, "it was looked at all the same"

    shelf.store.ledger.lift([path])
    lease = shelf.bench.claimed(JobKind.WRITE, Priority.PERSON)
    back = replace(undone, orders=shelf.store.ledger.orders(path))
    assert shelf.bench.catalogue.record_sidecar(lease, back, shelf.bench.clock.now())
    assert shelf.names("mast") == ["boat"]
