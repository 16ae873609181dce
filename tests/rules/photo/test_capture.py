"""What a camera says is believed where it can be true, and left out where it cannot."""

import math
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.photo.capture import plain_text, position, taken_at


@pytest.mark.parametrize(
    ("time", "offset", "expected"),
    [
        ("2024:05:06 07:08:09", "", datetime(2024, 5, 6, 7, 8, 9)),  # noqa: DTZ001
        ("2024:05:06 07:08:09\0", "Z", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)),
        (
            "2024-05-06T07:08:09.25",
            "-03:30",
            datetime(2024, 5, 6, 7, 8, 9, tzinfo=timezone(-timedelta(hours=3, minutes=30))),
        ),
        ("2024:05:06 07:08", "+99:00", datetime(2024, 5, 6, 7, 8)),  # noqa: DTZ001
        ("0000:00:00 00:00:00", "", None),
        ("    :  :     :  :  ", "", None),
        ("1825:12:31 23:59:59", "", None),
        ("2024:02:30 00:00:00", "", None),
        ("2024:02:03 24:00:00", "", None),
        ("yesterday", "+01:00", None),
        ("", "", None),
    ],
)
def test_times(time: str, offset: str, expected: datetime | None) -> None:
    assert taken_at(time, offset) == expected


@given(st.datetimes(min_value=datetime(1826, 1, 1), max_value=datetime(9999, 12, 31)))  # noqa: DTZ001
def test_every_exif_time_is_read(when: datetime) -> None:
    text = f"{when.year:04}:{when.month:02}:{when.day:02} {when:%H:%M:%S}"

    assert taken_at(text, "") == when.replace(microsecond=0)


@given(st.text(), st.text())
def test_any_text_has_an_answer(time: str, offset: str) -> None:
    taken_at(time, offset)
    assert plain_text(time).isprintable()


@given(st.floats(0, 90), st.floats(0, 180), st.sampled_from("NS"), st.sampled_from("EW"))
def test_degrees_minutes_seconds(latitude: float, longitude: float, south: str, west: str) -> None:
    found = position((latitude,), south, _split(longitude), west)

    if latitude == longitude == 0:
        assert found is None
    else:
        assert found is not None
        assert found[0] == (latitude if south == "N" else -latitude)
        assert found[1] == pytest.approx(longitude if west == "E" else -longitude, abs=1e-9)


@pytest.mark.parametrize(
    ("latitude", "south", "longitude", "west"),
    [
        ((91.0,), "N", (10.0,), "E"),
        ((10.0,), "N", (180.5,), "E"),
        ((10.0,), "", (10.0,), "E"),
        ((10.0,), "E", (10.0,), "N"),
        ((), "N", (), "E"),
        ((0.0, 0.0, 0.0), "N", (0.0, 0.0, 0.0), "E"),
        ((math.nan,), "N", (10.0,), "E"),
        ((math.inf,), "N", (10.0,), "E"),
        ((10.0,), "N", (1.7e308, 1.7e308), "E"),
        ((-10.0,), "N", (10.0,), "E"),
        ((1.0, 2.0, 3.0, 4.0), "N", (10.0,), "E"),
    ],
)
def test_impossible_places(
    latitude: tuple[float, ...], south: str, longitude: tuple[float, ...], west: str
) -> None:
    assert position(latitude, south, longitude, west) is None


@given(st.lists(st.floats()), st.text(), st.lists(st.floats()), st.text())
def test_any_coordinates_have_an_answer(
    latitude: list[float], south: str, longitude: list[float], west: str
) -> None:
    found = position(latitude, south, longitude, west)

    assert found is None or (-90 <= found[0] <= 90 and -180 <= found[1] <= 180)


def test_padding_is_no_text() -> None:
    assert plain_text("Acme  Corp \x07\0\0junk") == "Acme Corp"
    assert len(plain_text("x" * 5000)) == 200


def _split(degrees: float) -> tuple[float, float, float]:
    minutes = math.modf(degrees)[0] * 60
    return math.floor(degrees), math.floor(minutes), math.modf(minutes)[0] * 60
