"""Names of uploaded photos: whatever is wanted, what comes out is safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phototagd.domain.asset import PhotoKind
from phototagd.rules.arriving.eligibility import is_temporary, may_be_photo
from phototagd.rules.arriving.file_names import numbered, safe_name, taken_beside
from phototagd.rules.photo.kinds import looks_like_photo

ODD = st.text(st.sampled_from('aZ.~$/\\:*?"<>| \0\n\u202e照é\ud800-_(1)tmpnfl'), max_size=40)


@given(st.text() | ODD, st.sampled_from(PhotoKind))
def test_a_name_is_one_that_every_folder_takes_and_every_scan_sees(
    wanted: str, kind: PhotoKind
) -> None:
    name = safe_name(wanted, kind)

    assert 0 < len(name) <= 200
    assert not set(name) & set(b'/\\:*?"<>|\0\n')
    assert name.decode().isprintable()
    assert name.decode()[0] not in ".~ "
    assert looks_like_photo(name)
    assert may_be_photo(name)
    assert not is_temporary(name)
    assert safe_name(name.decode(), kind) == name, "it is safe already"


@pytest.mark.parametrize(
    ("wanted", "kind", "name"),
    [
        ("IMG_1.JPG", PhotoKind.JPEG, "IMG_1.JPG"),
        ("海边 的狗.heic", PhotoKind.HEIF, "海边 的狗.heic"),
        ("C:\\photos\\a.png", PhotoKind.PNG, "a.png"),
        ("../../etc/passwd", PhotoKind.JPEG, "passwd.jpg"),
        ("holiday.tmp", PhotoKind.WEBP, "holiday.tmp.webp"),
        ("", PhotoKind.TIFF, "photo.tif"),
        ("CON.jpg", PhotoKind.JPEG, "_CON.jpg"),
        (".phototagd-x.jpg", PhotoKind.JPEG, "phototagd-x.jpg"),
        ("~$a.jpg", PhotoKind.JPEG, "a.jpg"),
        ("gnp\u202e.jpg", PhotoKind.JPEG, "gnp.jpg"),
        ("shot.nef", PhotoKind.RAW, "shot.nef"),
    ],
)
def test_as_much_of_a_name_as_possible_stays(wanted: str, kind: PhotoKind, name: str) -> None:
    assert safe_name(wanted, kind).decode() == name


def test_names_are_numbered_before_their_suffix() -> None:
    assert [numbered(b"a.b.jpg", number) for number in (1, 2, 3)] == [
        b"a.b.jpg",
        b"a.b (2).jpg",
        b"a.b (3).jpg",
    ]


def test_sidecars_of_either_naming_stand_in_the_way() -> None:
    assert set(taken_beside(b"a.jpg")) >= {b"a.jpg.xmp", b"a.xmp"}
