"""Plausible words in two languages, so that sidecars made with the double look real."""

from dataclasses import dataclass

COLOURS_ZH = {
    "red": "红色", "orange": "橙色", "yellow": "黄色", "green": "绿色", "teal": "青色",
    "blue": "蓝色", "purple": "紫色", "pink": "粉色", "white": "白色", "black": "黑色",
    "grey": "灰色",
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """The words of one language; `{}` in a caption stands for colour and things."""

    caption: str
    keywords: tuple[str, ...]
    objects: tuple[str, ...]
    mood: tuple[str, ...]


ENGLISH = Lexicon(
    "A {first} beside a {second} in {colour} light.",
    (
        "landscape", "garden", "street", "forest", "mountain", "meadow", "river", "harbor",
        "sunset", "village", "autumn", "spring", "flower", "architecture", "travel", "wildlife",
        "coast", "winter", "morning", "bridge",
    ),
    (
        "tree", "house", "bench", "path", "rock", "fence", "window", "boat", "lamp", "bird",
        "car", "bicycle", "cloud", "leaf", "door",
    ),
    ("calm", "cheerful", "quiet", "lively", "warm"),
)  # fmt: skip

CHINESE = Lexicon(
    "{colour}调的画面中有{first}和{second}。",
    (
        "风景", "花园", "街道", "森林", "山峰", "草地", "河流", "港口", "日落", "村庄",
        "秋天", "春天", "花卉", "建筑", "旅行", "野生动物", "海岸", "冬天", "清晨", "桥梁",
    ),
    ("树木", "房屋", "长椅", "小路", "岩石", "栅栏", "窗户", "小船", "路灯", "小鸟"),
    ("宁静", "欢快", "安静", "热闹", "温暖"),
)  # fmt: skip
