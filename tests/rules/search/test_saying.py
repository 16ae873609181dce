# ruff: noqa: RUF001 -- Chinese has its own punctuation
"""Both languages say everything that can be understood."""

from datetime import date

import pytest

from phototagd.domain.search import LibraryNames
from phototagd.rules.search.querying import understand
from phototagd.rules.search.saying import said

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("query", "english", "chinese"),
    [
        ("dog", "dog", "dog"),
        ("tag:dog", "keyword is dog", "关键词：dog"),
        ("class:food", "category is food", "类别：food"),
        ("mood:calm", "mood is calm", "氛围：calm"),
        ("object:cup", "object is cup", "物体：cup"),
        ("place:Rome", "place is Rome", "地点：Rome"),
        ("camera:X100", "camera is X100", "相机：X100"),
        ("kind:raw", "kind is raw", "格式：raw"),
        ("sensitive:medical", "sensitive is medical", "敏感：medical"),
        ("folder:2024", "folder is 2024", "文件夹：2024"),
        ("has:text", "has text", "有文字"),
        ("has:place", "has place", "有地点"),
        ("has:date", "has date", "有日期"),
        ("is:private", "private photos", "私密照片"),
        ("nobody", "nobody", "没有人"),
        ("alone", "1 person", "1 人"),
        ("two people", "2 people", "2 人"),
        ("people:>2", "3 people or more", "3 人或更多"),
        ("people:2-3", "2 to 3 people", "2 到 3 人"),
        ("in 2024", "2024", "2024 年"),
        ("yesterday", "2026-11-20", "2026-11-20"),
        ("last summer", "2026-06-01 to 2026-08-31", "2026-06-01 至 2026-08-31"),
        ("before 2020", "until 2019-12-31", "2019-12-31 及以前"),
        ("in summer", "month 6, 7, 8 of any year", "每年 6, 7, 8 月"),
        ("春节", "every 春节", "每年的春节"),
        ("at night", "at night", "夜里"),
        ("in the morning", "in the morning", "早上"),
        ("in the afternoon", "in the afternoon", "下午"),
        ("in the evening", "in the evening", "傍晚"),
    ],
)
def test_a_sense_is_said_in_both_languages(query: str, english: str, chinese: str) -> None:
    [chip] = understand(query, today=TODAY, names=LibraryNames()).chips

    assert (chip.meaning, said(chip.sense, "en"), said(chip.sense, "fr")) == (english,) * 3
    assert said(chip.sense, "zh") == chinese
