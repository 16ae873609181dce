# ruff: noqa: SIM905 -- word lists read best as text
"""Of which more common thing is this a kind? A sheep dog is a dog, 柯基犬 is a 犬.

Only the last part of a compound decides, and only where a compound means what its parts say.
"""

from collections.abc import Iterator

from phototagd.rules.text.tokenising import is_dense
from phototagd.rules.vocabulary.spelling import exact_key

_NOT_ITS_HEAD = frozenset(
    " ".join(words.split())
    for words in """
    hot dog, corn dog, prairie dog, sea dog, teddy bear, gummy bear, water bear, koala bear,
    sea horse, rocking horse, clothes horse, sea lion, mountain lion, guinea pig, sea star,
    movie star, rock star, computer mouse, optical mouse, light house, ware house, green house,
    doll house, dog house, bird house, tree house, gingerbread house, opera house, family tree,
    christmas tree, shoe tree, river bank, blood bank, power bank, tennis court, food court,
    sweet potato, sea urchin, sea cucumber, paper plane, sand castle, bouncy castle, snow man,
    snow angel, jelly fish, star fish, cuttle fish, cray fish, silver fish, butter fly,
    dragon fly, flying fox, fire fly, pine apple, egg plant, power plant, wall flower,
    cauli flower, sun glass, magnifying glass, french window, wine cellar, chess king,
    chess queen, drama queen, face book, ball room, mush room, door bell, blue bell, kick board,
    skate board, bull dog clip, monkey wrench, monkey bar, crane fly, apple watch, night club,
    golf club, book worm, silk worm, milky way, ginger bread, ship yard, court yard, ice cream,
    whipping cream, sun cream, shaving cream, peanut butter, body butter, cup cake, rice cake,
    crab cake, water melon, fire man, post man, head light, spot light, traffic light,
    high light
    """.split(",")
)
_MODIFIERS_OF_ANOTHER_KIND = frozenset(
    """
    toy stuffed plush teddy paper model cardboard fake plastic painted carved origami inflatable
    chocolate lego wooden stone bronze ceramic porcelain knitted balloon cartoon mock no rubber
    """.split()
)
_PLAIN = frozenset(
    """
    big small large little tiny huge tall short long wide narrow old young new modern ancient
    beautiful pretty cute nice lovely colorful colourful bright dark empty crowded wet dry
    red orange yellow green blue purple pink brown black white gray grey golden silver
    """.split()
)
# One character is a head only where nearly every compound of it is a kind of it.
_HEAD_CHARACTERS = frozenset("犬狗鸟树桥湖岛塔寺庙船车花草")
_NOT_ITS_HEAD_DENSE = frozenset(
    """
    熊猫 大熊猫 小熊猫 热狗 海狗 烟花 雪花 浪花 火花 水花 爆米花 棉花 西兰花 花椰菜 菜花 泪花 窗花
    风车 水车 纺车 校花 鸵鸟蛋 圣诞树 菩提树下 河马 海马 斑马 蜗牛 海牛 犀牛 天牛 海狮 壁虎
    章鱼 鳄鱼 鲸鱼 木马 骑马 人马 金字塔 红绿灯 明星 影星 电车票 过山车 摩天轮 缆车 购物车 婴儿车
    手推车 积木塔 飞船 气垫船 飞碟 太空船 半岛 群岛 立交桥下 鹊桥 稻草 甘草 含羞草 虫草 烟草
    香草 海草 单车 水塔 灯塔 铁塔
    """.split()
)


def heads_of(word: str) -> Iterator[str]:
    """What the word may be a kind of, the longest first; nothing for a single word."""
    text = exact_key(word)
    if text and is_dense(text[-1]):
        yield from _dense_heads(text)
        return
    words = text.split()
    for at in range(1, len(words)):
        if (
            words[at - 1] in _MODIFIERS_OF_ANOTHER_KIND
            or " ".join(words[at - 1 :]) in _NOT_ITS_HEAD
        ):
            return
        yield " ".join(words[at:])


def is_plainly(word: str, head: str) -> bool:
    """Whether what stands before the head says only how it looks: colour, size, age."""
    return set(exact_key(word).removesuffix(head).split()) <= _PLAIN


def _dense_heads(text: str) -> Iterator[str]:
    if any(text.endswith(other) for other in _NOT_ITS_HEAD_DENSE) or not all(map(is_dense, text)):
        return
    for at in range(1, len(text) - 1):
        yield text[at:]
    if len(text) > 1 and text[-1] in _HEAD_CHARACTERS:
        yield text[-1]
