"""Words that mean the same in photos, in English and Chinese: one group a line.

Words are separated by `,`. `=` before a word: only as a complete keyword, because it is part
of too many others (马 is in 马路). The groups are narrow on purpose: dog is no wolf, a lake is no
sea. Plurals, case, accents and Traditional spellings need no entry.
"""

GROUPS = """
dog, puppy, doggy, canine, 狗, 狗狗, 小狗, 犬, 汪星人
cat, kitten, kitty, feline, 猫, 猫咪, 小猫, 喵星人
bird, 鸟, 小鸟, 飞鸟, 鸟类
horse, pony, =马, 骏马, 马匹, 小马
cow, cattle, =牛, 奶牛, 牛群, 黄牛
sheep, lamb, =羊, 绵羊, 羊群, 羔羊
goat, 山羊
pig, piglet, =猪, 小猪
chicken, hen, rooster, =鸡, 公鸡, 母鸡, 小鸡
duck, duckling, =鸭, 鸭子, 小鸭
rabbit, bunny, hare, 兔, 兔子, 小兔
fish, =鱼, 鱼类, 小鱼, 鱼群
butterfly, 蝴蝶
bee, 蜜蜂
insect, bug, 昆虫, 虫子
snake, 蛇
tiger, 老虎
lion, 狮子
elephant, 大象
monkey, 猴, 猴子
bear, =熊, 狗熊
panda, giant panda, 熊猫, 大熊猫
deer, 鹿
squirrel, 松鼠
turtle, tortoise, 乌龟, 海龟
frog, 青蛙
whale, 鲸, 鲸鱼
dolphin, 海豚
penguin, 企鹅
swan, 天鹅
owl, 猫头鹰
pet, 宠物
animal, 动物
wildlife, wild animal, 野生动物
beach, seaside, seashore, 海边, 海滩, 沙滩, 海滨
sea, ocean, 大海, 海洋, =海
coast, coastline, shore, 海岸, 海岸线
wave, surf, 海浪, 波浪, 浪花
island, 岛, 海岛, 岛屿
mountain, peak, =山, 山峰, 高山, 山脉, 大山
hill, 小山, 丘陵, 山丘
river, stream, creek, =河, 河流, 小溪, 溪流, 江河
lake, pond, =湖, 湖泊, 湖水, 池塘
waterfall, 瀑布
forest, woods, woodland, 森林, 树林, 林子
tree, =树, 树木, 大树
leaf, foliage, 叶子, 树叶
autumn leaves, fall foliage, red leaves, 红叶, 秋叶, 枫叶
flower, blossom, bloom, =花, 花朵, 鲜花, 花卉
cherry blossom, sakura, 樱花
rose, 玫瑰, 玫瑰花
sunflower, 向日葵
lotus, 荷花, 莲花
tulip, 郁金香
grass, lawn, 草地, 草坪, 青草
grassland, prairie, meadow, 草原, 草甸
desert, 沙漠
rock, stone, boulder, 岩石, 石头
cave, 山洞, 洞穴
cliff, 悬崖, 峭壁
sky, 天空, 蓝天
cloud, 云, 云朵, 云彩
sun, 太阳
moon, 月亮, 月球
star, starry sky, 星空, 星星
milky way, 银河
rainbow, 彩虹
sunset, dusk, 日落, 夕阳, 落日
sunrise, dawn, 日出, 朝阳, 黎明
night, nighttime, night view, 夜, 夜晚, 夜景, 晚上, 夜间
snow, snowy, =雪, 积雪, 雪地, 雪景, 下雪
ice, frozen, =冰, 冰面, 结冰
rain, rainy, =雨, 下雨, 雨天, 雨水
fog, mist, =雾, 雾气, 薄雾
storm, thunderstorm, lightning, 暴风雨, 闪电, 雷雨
aurora, northern lights, 极光
firework, fireworks, 烟花, 焰火, 烟火
fire, flame, bonfire, campfire, =火, 火焰, 篝火
baby, infant, newborn, 宝宝, 婴儿, 小宝宝
child, kid, toddler, 孩子, 小孩, 儿童, 小朋友
girl, 女孩, 小女孩, 女孩子
boy, 男孩, 小男孩, 男孩子
woman, lady, female, 女人, 女性, 女士, 女子
man, male, 男人, 男性, 男士, 男子
people, person, 人物, 人们, =人
couple, lovers, 情侣, 夫妻
family, 家庭, 家人, 全家福
friend, 朋友, 好友
crowd, 人群
selfie, self portrait, 自拍
portrait, headshot, 肖像, 人像
group photo, group picture, 合影, 合照, 集体照
smile, smiling, laughing, 微笑, 笑容, 笑脸
bride, 新娘
groom, bridegroom, 新郎
wedding, marriage, 婚礼, 结婚
wedding dress, bridal gown, 婚纱
birthday, 生日
birthday cake, 生日蛋糕
party, celebration, 派对, 聚会, 庆祝
graduation, 毕业, 毕业典礼
concert, live music, 演唱会, 音乐会
festival, 节日
parade, 游行
christmas tree, 圣诞树
lantern, 灯笼
balloon, 气球
gift, present, 礼物
food, meal, dish, 食物, 美食, 菜肴
breakfast, 早餐, 早饭
lunch, 午餐, 午饭
dinner, supper, 晚餐, 晚饭
cake, 蛋糕
bread, 面包
noodle, 面条, 拉面
rice, 米饭
dumpling, 饺子, 水饺
hotpot, hot pot, 火锅
barbecue, bbq, grill, 烧烤, 烤肉
pizza, 披萨, 比萨
burger, hamburger, 汉堡
sushi, 寿司
seafood, 海鲜
meat, steak, 牛排, =肉, 肉类
fruit, 水果
apple, 苹果
banana, 香蕉
orange, 橙子, 橘子
strawberry, 草莓
watermelon, 西瓜
grape, 葡萄
vegetable, 蔬菜
ice cream, 冰淇淋, 雪糕
coffee, 咖啡
tea, =茶, 茶水, 茶叶
beer, 啤酒
wine, 葡萄酒, 红酒
restaurant, 餐厅, 饭店, 餐馆
cafe, coffee shop, 咖啡馆, 咖啡厅
kitchen, 厨房
bedroom, 卧室
living room, 客厅
bathroom, 浴室, 卫生间
office, 办公室
school, 学校
classroom, 教室
hospital, 医院
library, 图书馆
museum, 博物馆
shop, store, 商店, 店铺
supermarket, 超市
market, 市场, 集市
hotel, 酒店, 旅馆, 宾馆
airport, 机场
station, train station, railway station, 火车站, 车站
house, home, 房子, 房屋, 住宅
building, 建筑, 建筑物, 大楼, 楼房
skyscraper, high rise, 摩天大楼, 高楼
tower, =塔, 塔楼
bridge, =桥, 桥梁, 大桥
temple, shrine, 寺庙, 寺, 神社
church, cathedral, 教堂
castle, 城堡
palace, 宫殿
great wall, 长城
ruin, 遗迹, 废墟
statue, sculpture, 雕像, 雕塑
fountain, 喷泉
park, 公园
garden, 花园, 园林
zoo, 动物园
playground, 游乐场, 操场
amusement park, theme park, 游乐园, 主题公园
ferris wheel, 摩天轮
farm, 农场
field, farmland, 田野, 农田, 田地
village, countryside, rural, 村庄, 乡村, 农村
city, cityscape, skyline, 城市, 都市
street, road, 街道, 街头, 马路, 道路
alley, lane, 小巷, 胡同, 巷子
traffic, traffic jam, 交通, 堵车
car, automobile, 汽车, 轿车, 小汽车
bus, 公交车, 巴士, 公共汽车
truck, lorry, 卡车, 货车
taxi, cab, 出租车
train, railway, 火车, 列车
subway, metro, underground, 地铁
bicycle, bike, cycling, 自行车, 单车, 骑车
motorcycle, motorbike, 摩托车
airplane, plane, aircraft, 飞机
helicopter, 直升机
boat, ship, =船, 船只, 轮船, 小船
harbor, harbour, port, 港口, 码头
hot air balloon, 热气球
swimming, swim, 游泳
swimming pool, pool, 游泳池, 泳池
diving, snorkeling, scuba, 潜水
surfing, 冲浪
skiing, ski, 滑雪
snowboard, snowboarding, 单板滑雪
skating, ice skating, 滑冰, 溜冰
hiking, hike, trekking, 徒步, 远足, 登山
climbing, rock climbing, 攀岩, 攀登
camping, tent, 露营, 帐篷, 野营
fishing, angling, 钓鱼
running, jogging, marathon, 跑步, 马拉松
dancing, dance, 跳舞, 舞蹈
singing, karaoke, 唱歌
football, soccer, 足球
basketball, 篮球
tennis, 网球
badminton, 羽毛球
table tennis, ping pong, 乒乓球
golf, 高尔夫
yoga, 瑜伽
picnic, 野餐
travel, trip, journey, vacation, 旅行, 旅游, 度假
guitar, 吉他
piano, 钢琴
book, 书, 书籍, 书本
phone, smartphone, cell phone, 手机
computer, laptop, 电脑, 笔记本电脑
camera, 相机, 照相机
toy, 玩具
doll, 玩偶, 娃娃
hat, cap, 帽子
glasses, spectacles, 眼镜
sunglasses, 墨镜, 太阳镜
dress, skirt, 裙子, 连衣裙
shoe, sneaker, 鞋, 鞋子
umbrella, 雨伞, 伞
document, paperwork, 文件, 文档
receipt, invoice, 收据, 发票, 小票
screenshot, screen capture, 截图, 截屏
menu, 菜单
whiteboard, blackboard, 白板, 黑板
sign, signboard, 标志, 招牌, 路牌
painting, drawing, artwork, 绘画, 画作
black and white, monochrome, 黑白
red, 红色
blue, 蓝色
green, 绿色
yellow, 黄色
white, 白色
black, 黑色
pink, 粉色, 粉红色
purple, 紫色
window, 窗户, 窗
door, =门, 大门
table, desk, 桌子, 餐桌
chair, seat, 椅子, 座椅
bed, =床, 床铺
lamp, light, 灯光, =灯
reflection, mirror, 倒影, 反射, 镜子
shadow, silhouette, 影子, 剪影
indoor, indoors, 室内
outdoor, outdoors, 户外, 室外
spring, springtime, 春天, 春季
summer, 夏天, 夏季
autumn, 秋天, 秋季
winter, 冬天, 冬季
china, 中国
japan, 日本
south korea, korea, 韩国
thailand, 泰国
vietnam, 越南
singapore, 新加坡
malaysia, 马来西亚
indonesia, 印度尼西亚, 印尼
india, 印度
united states, usa, america, 美国
canada, 加拿大
united kingdom, uk, england, britain, 英国
france, 法国
germany, 德国
italy, 意大利
spain, 西班牙
switzerland, 瑞士
austria, 奥地利
netherlands, holland, 荷兰
greece, 希腊
turkey, 土耳其
egypt, 埃及
australia, 澳大利亚, 澳洲
new zealand, 新西兰
iceland, 冰岛
russia, 俄罗斯
brazil, 巴西
mexico, 墨西哥
beijing, 北京, 北京市
shanghai, 上海, 上海市
guangzhou, 广州, 广州市
shenzhen, 深圳, 深圳市
hangzhou, 杭州, 杭州市
chengdu, 成都, 成都市
xi'an, xian, 西安, 西安市
nanjing, 南京, 南京市
hong kong, 香港
macau, macao, 澳门
taipei, 台北, 台北市
taiwan, 台湾
tokyo, 东京
kyoto, 京都
osaka, 大阪
seoul, 首尔
bangkok, 曼谷
paris, 巴黎
london, 伦敦
new york, new york city, 纽约
rome, 罗马
venice, 威尼斯
berlin, 柏林
vienna, 维也纳
sydney, 悉尼
"""
