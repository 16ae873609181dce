"""Sidecars as a person's other programs write and read them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not installed"
)
LISTS = ("XMP-dc:Subject", "XMP-lr:HierarchicalSubject", "XMP-digiKam:TagsList")


def sidecar_of(photo: Path) -> Path:
    return photo.with_name(photo.name + ".xmp")


def edit(sidecar: Path, *changes: str) -> None:
    """As a person does it, with a program that replaces the file."""
    command = ["exiftool", "-q", "-overwrite_original", *changes, str(sidecar)]
    subprocess.run(command, check=True)


def keywords(sidecar: Path) -> list[set[str]]:
    """The three lists of keywords, as another program reads them."""
    command = ["exiftool", "-j", "-sep", "\n", *(f"-{name}" for name in LISTS), str(sidecar)]
    read = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = json.loads(read)[0]
    return [set(str(found.get(name.partition(":")[2], "")).split("\n")) for name in LISTS]


def has_word(sidecar: Path, word: str) -> bool:
    """Whether a keyword stands in all three lists."""
    return all(word in words for words in keywords(sidecar))
