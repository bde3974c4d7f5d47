"""Places by rank, so that a country is swapped for a country and a city for a city of the same land."""

from __future__ import annotations

_RANKS = """
中国 美国 英国 法国 德国 日本 俄罗斯 意大利 西班牙 葡萄牙 荷兰 比利时 瑞士 瑞典 挪威 丹麦 芬兰 波兰 捷克 匈牙利 奥地利
希腊 土耳其 埃及 印度 巴基斯坦 孟加拉国 泰国 越南 缅甸 老挝 柬埔寨 马来西亚 新加坡 印度尼西亚 印尼 菲律宾 韩国 朝鲜 蒙古
伊朗 伊拉克 以色列 约旦 沙特阿拉伯 加拿大 墨西哥 古巴 巴西 阿根廷 智利 秘鲁 哥伦比亚 委内瑞拉 澳大利亚 新西兰 南非
肯尼亚 尼日利亚 埃塞俄比亚 摩洛哥 乌克兰 罗马尼亚 保加利亚 塞尔维亚 克罗地亚 爱尔兰 冰岛 哈萨克斯坦 斯里兰卡 尼泊尔

河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 广西
内蒙古 宁夏 新疆 西藏

河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省 海南省 四川省
贵州省 云南省 陕西省 甘肃省 青海省

北京 上海 天津 广州 深圳 南京 杭州 武汉 成都 西安 沈阳 大连 青岛 济南 郑州 长沙 福州 厦门 南昌 合肥 昆明 贵阳 南宁
海口 兰州 西宁 银川 太原 石家庄 哈尔滨 长春 苏州 无锡 宁波 温州 泉州 洛阳 开封 桂林 珠海 汕头

北京市 上海市 天津市 广州市 深圳市 南京市 杭州市 武汉市 成都市 西安市 沈阳市 大连市 青岛市 济南市 郑州市 长沙市 福州市
厦门市 南昌市 合肥市 昆明市

台北 台中 台南 高雄 基隆 新竹 嘉义 花莲 台东 屏东 宜兰 桃园 苗栗 彰化 云林 南投 澎湖

台北市 台中市 台南市 高雄市 基隆市 新竹市 嘉义市

九龙 新界 旺角 尖沙咀 铜锣湾 沙田 荃湾 屯门 元朗 大埔 油麻地 观塘

伦敦 巴黎 柏林 罗马 马德里 维也纳 莫斯科 纽约 华盛顿 芝加哥 洛杉矶 波士顿 费城 旧金山 多伦多 悉尼 墨尔本 慕尼黑 米兰
巴塞罗那 阿姆斯特丹 布鲁塞尔 日内瓦 苏黎世 斯德哥尔摩 哥本哈根 奥斯陆 华沙 布拉格 布达佩斯 雅典 开罗

东京 大阪 京都 名古屋 横滨 神户 福冈 札幌 广岛 仙台 长崎 奈良

加利福尼亚州 德克萨斯州 佛罗里达州 纽约州 伊利诺伊州 俄亥俄州 密歇根州 宾夕法尼亚州 华盛顿州 弗吉尼亚州 马萨诸塞州

亚洲 欧洲 非洲 北美洲 南美洲 大洋洲

太平洋 大西洋 印度洋 北冰洋

唐朝 宋朝 元朝 明朝 清朝 汉朝 隋朝 晋朝 秦朝

唐代 宋代 元代 明代 清代 汉代 隋代 晋代
""".split("\n\n")
"""Countries; provinces, with and without their title; cities of China, of Taiwan, of Hong Kong, of the world; states;
continents; oceans; dynasties."""

_RANK: dict[str, tuple[str, ...]] = {}
for _places in _RANKS:
    for _place in _places.split():
        _RANK.setdefault(_place, tuple(_places.split()))

# 内蒙古 is not 蒙古, and what is said of one of these is said of the other.
_SAME_LAND = (frozenset("印尼 印度尼西亚".split()), frozenset("中国 台湾 大陆".split()), frozenset("韩国 朝鲜".split()))


def same_rank(place: str) -> tuple[str, ...]:
    """The other places of the rank of ``place``; none where it is unknown.

    >>> "大阪" in same_rank("东京"), same_rank("湖")
    (True, ())
    """
    return tuple(
        other
        for other in _RANK.get(place, ())
        if other[0] != place[0] and not any({place, other} <= land for land in _SAME_LAND)
    )


def is_place(text: str) -> bool:
    """Whether ``text`` is one of the places known here."""
    return text in _RANK
