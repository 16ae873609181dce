"""What a model gets to see is never too large, too small or too thin."""

from hypothesis import given
from hypothesis import strategies as st

from phototagd.rules.answers.framing import MAX_ASPECT, MIN_SIDE, frame_for

sides = st.integers(1, 60_000)
long_sides = st.integers(64, 4096)


@given(sides, sides, long_sides)
def test_every_canvas_suits_every_encoder(width: int, height: int, long_side: int) -> None:
    frame = frame_for(width, height, long_side)
    long = max(frame.canvas_width, frame.canvas_height)
    short = min(frame.canvas_width, frame.canvas_height)

    assert MIN_SIDE <= short <= long <= long_side
    assert long <= short * MAX_ASPECT
    assert 1 <= frame.width <= frame.canvas_width
    assert 1 <= frame.height <= frame.canvas_height


@given(sides, sides, long_sides)
def test_a_picture_is_enlarged_only_until_its_short_side_suffices(
    width: int, height: int, long_side: int
) -> None:
    frame = frame_for(width, height, long_side)

    if frame.width > width or frame.height > height:
        assert min(frame.width, frame.height) <= MIN_SIDE


@given(st.integers(200, 20_000), st.integers(200, 20_000), long_sides)
def test_the_aspect_is_kept(width: int, height: int, long_side: int) -> None:
    frame = frame_for(width, height, long_side)

    assert abs(frame.width * height - frame.height * width) <= max(width, height)


@given(sides, sides, long_sides)
def test_turning_the_picture_turns_the_frame(width: int, height: int, long_side: int) -> None:
    frame, turned = frame_for(width, height, long_side), frame_for(height, width, long_side)

    assert (frame.width, frame.height) == (turned.height, turned.width)
    assert (frame.canvas_width, frame.canvas_height) == (turned.canvas_height, turned.canvas_width)


@given(sides, sides, long_sides)
def test_a_picture_that_fits_stays_as_it_is(width: int, height: int, long_side: int) -> None:
    if max(width, height) <= long_side and min(width, height) >= MIN_SIDE:
        frame = frame_for(width, height, long_side)

        assert (frame.width, frame.height) == (width, height)
