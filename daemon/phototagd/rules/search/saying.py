# ruff: noqa: RUF001 -- half of the sentences are Chinese
"""How is a part of a query said, as it was understood?

A sense is a key and the values that stand in its sentence: ("people_least", "3").
"""

from collections.abc import Mapping

USUAL = "en"

_SENTENCES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "text": "{}",
        "is": "{} is {}",
        "has": "has {}",
        "private": "private photos",
        "nobody": "nobody",
        "person": "1 person",
        "people": "{} people",
        "people_least": "{} people or more",
        "people_between": "{} to {} people",
        "year": "{}",
        "day": "{}",
        "span": "{} to {}",
        "until": "until {}",
        "month": "month {} of any year",
        "every": "every {}",
        "at": "at {}",
        "in the": "in the {}",
    },
    "zh": {
        "text": "{}",
        "is": "{}：{}",
        "has": "有{}",
        "private": "私密照片",
        "nobody": "没有人",
        "person": "1 人",
        "people": "{} 人",
        "people_least": "{} 人或更多",
        "people_between": "{} 到 {} 人",
        "year": "{} 年",
        "day": "{}",
        "span": "{} 至 {}",
        "until": "{} 及以前",
        "month": "每年 {} 月",
        "every": "每年的{}",
        "at": "{}",
        "in the": "{}",
    },
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "category": "类别",
        "mood": "氛围",
        "object": "物体",
        "place": "地点",
        "camera": "相机",
        "kind": "格式",
        "sensitive": "敏感",
        "folder": "文件夹",
        "keyword": "关键词",
        "text": "文字",
        "date": "日期",
        "night": "夜里",
        "morning": "早上",
        "afternoon": "下午",
        "evening": "傍晚",
    }
}
_FIRST_IS_WORD = frozenset({"is", "has", "at", "in the"})


def said(sense: tuple[str, ...], language: str) -> str:
    """A sense as a short sentence, in English where a language is not spoken here."""
    key, *values = sense
    if key in _FIRST_IS_WORD:
        values[0] = _WORDS.get(language, {}).get(values[0], values[0])
    return _SENTENCES.get(language, _SENTENCES[USUAL])[key].format(*values)
